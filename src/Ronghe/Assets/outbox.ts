import { openDB, type DBSchema, type IDBPDatabase } from "idb";

/** What somebody filled in for one line of a checklist; null is what he left as it was. */
export type Reply = { itemId: string; verdict: string | null; number: number | null; note: string | null };

/** A checklist: what was changed, what the form had shown, and what the lines are called. */
export type ListEdit = { inspection: string; version: number; replies: Reply[]; shown: Record<string, Reply>; texts: Record<string, string>; mine?: boolean };

export type Photo = { field: string; name: string; type: string; bytes: ArrayBuffer };

/** A line that somebody else filled in differently meanwhile. */
export type Clash = { itemId: string; text: string; mine: string; theirs: string };

/**
 * A form that waits on this device, as the page would have sent it: waiting → sending → received; aside: stuck, which needs a person.
 * It belongs to whoever filled it in and is sent in that person's session or not at all.
 */
export type Waiting = {
  id: string; owner: string; kind: string; title: string; where: string; isNameless: boolean;
  address: string; key: string; fields: [string, string][]; photos: Photo[]; list?: ListEdit;
  /** Name of the field for the time when it was found; filled in with the time of the device, put right by the server's clock. */
  at?: string;
  /** What is said of it once it is received, where the answer's own words are for programs; of a photo of a checklist also the line. */
  told?: { message: string; record: string }; line?: string;
  madeAt: number; state: "waiting" | "sending" | "received" | "stuck"; tries: number;
  problem?: string; reason?: string; clashes?: Clash[]; message?: string; record?: string | null; sentAt?: number;
};

/** Where the last attempt ended: at the server, nowhere, or at the sign-in. */
export type Link = "up" | "none" | "signed-out" | "other";

export type Kept = { person: string; at: number; version: string; pages: { address: string; title: string; icon: string }[] };

interface Outbox extends DBSchema {
  items: { key: string; value: Waiting; indexes: { owner: string } };
  notes: { key: string; value: Link | Kept };
}

const RECEIVED_SHOWN = 7 * 24 * 3600 * 1000;
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("outbox") : null;
const listeners = new Set<() => void>();

let opened: Promise<IDBPDatabase<Outbox>> | null = null;

const open = () => (opened ??= openDB<Outbox>("ronghe", 1, {
  upgrade(db) {
    db.createObjectStore("items", { keyPath: "id" }).createIndex("owner", "owner");
    db.createObjectStore("notes");
  },
  terminated() { opened = null; },
}).catch((problem) => {
  opened = null;
  throw problem;
}));

/** Tells every open tab, and the worker, that something changed. */
function tell() {
  channel?.postMessage("changed");
  listeners.forEach((listener) => listener());
}

/** @returns How to stop listening. */
export function onChange(listener: () => void) {
  listeners.add(listener);
  if (channel) channel.onmessage = () => listeners.forEach((each) => each());
  return () => void listeners.delete(listener);
}

/** Written through to the disk before it resolves, so that a browser that is killed a moment later has it; all of them or none. */
export async function add(items: Waiting[]) {
  const db = await open();
  const work = db.transaction("items", "readwrite", { durability: "strict" });
  for (const item of items) void work.store.put(item);
  await work.done;
  tell();
}

/** Nothing happens when it is gone. */
export async function change(id: string, how: Partial<Waiting>) {
  const db = await open();
  const work = db.transaction("items", "readwrite", { durability: "strict" });
  const item = await work.store.get(id);
  if (item) await work.store.put({ ...item, ...how });
  await work.done;
  tell();
}

export async function drop(id: string) {
  await (await open()).delete("items", id);
  tell();
}

/** Oldest first: the ids carry the time. */
export const all = async () => (await open()).getAll("items");

export const of = async (owner: string) => (await (await open()).getAllFromIndex("items", "owner", owner)).sort((a, b) => (a.id < b.id ? -1 : 1));

/** What is to be sent. One that was being sent when the browser died is sent once more, under its own key. */
export const toSend = (item: Waiting) => item.state === "waiting" || item.state === "sending";

export const note = async <T extends Link | Kept>(name: "link" | "kept") => (await (await open()).get("notes", name)) as T | undefined;

export async function setNote(name: "link" | "kept", value: Link | Kept) {
  const db = await open();
  if (JSON.stringify(await db.get("notes", name)) === JSON.stringify(value)) return;
  await db.put("notes", value, name);
  tell();
}

/** What was received is shown for a week; then its number stands in “my work” alone. */
export async function tidy(now = Date.now()) {
  for (const item of await all()) if (item.state === "received" && (item.sentAt ?? 0) < now - RECEIVED_SHOWN) await drop(item.id);
}

/** When somebody signs out: the pages kept for him and what was received go; what waits stays, for him alone. */
export async function forget() {
  if ("caches" in globalThis) await caches.delete("pages");
  const db = await open();
  await db.clear("notes");
  for (const item of await db.getAll("items")) if (item.state === "received") await db.delete("items", item.id);
  tell();
}
