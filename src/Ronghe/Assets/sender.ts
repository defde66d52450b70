import { uuid7 } from "./ids";
import { all, change, type Link, setNote, toSend, type Waiting } from "./outbox";
import { reconcile } from "./checklists";

type Desk = { person: string; token: string; /** Server's clock less this device's, in milliseconds. */ ahead: number; pages: { address: string; title: string; icon: string }[] };

/** Longest wait for one answer: photos over a poor line take their time. */
const PATIENCE = 90_000;
const PAUSES = [300, 1_000, 3_000, 6_000, 12_000];

let running: Promise<void> | null = null;
let again = false;

/** Sends what waits, one after the other; by one sender on this device at a time, whatever tabs and workers are there. */
export function send(): Promise<void> {
  again = running !== null;
  return (running ??= (async () => {
    do {
      again = false;
      await (navigator.locks ? navigator.locks.request("outbox", sendAll) : sendAll());
    } while (again);
  })().finally(() => { running = null; }));
}

async function sendAll() {
  const waiting = (await all()).filter(toSend);
  if (waiting.length === 0) return;
  // Whoever was sending them is gone, or this one would not have the lock.
  for (const left of waiting) if (left.state === "sending") await change(left.id, { state: "waiting" });
  let desk = await reach();
  for (let failures = 0; desk;) {
    const mine = (await all()).find((item) => toSend(item) && item.owner === desk!.person);
    if (!mine) return;
    const outcome = await deliver(mine, desk);
    if (outcome === "done") failures = 0;
    else if (failures === PAUSES.length) return await setNote("link", "none");
    else {
      await new Promise((rest) => setTimeout(rest, PAUSES[failures]));
      failures++;
      if (outcome === "ask") desk = await reach();
    }
  }
}

/** Who is signed in at the server now, for the sender; and says on the queue page where it ended. */
async function reach(): Promise<Desk | null> {
  for (let attempt = 0; ; attempt++) {
    const answer = await askDesk();
    if (typeof answer !== "string" || answer !== "none" || attempt === 2) {
      await setNote("link", typeof answer === "string" ? answer : "up");
      return typeof answer === "string" ? null : answer;
    }
    await new Promise((rest) => setTimeout(rest, PAUSES[attempt]));
  }
}

export async function askDesk(): Promise<Desk | Link> {
  try {
    const answer = await fetch("/api/v1/offline", { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store", signal: within(20_000) });
    if (answer.status === 401) return "signed-out";
    if (answer.status === 403) return "other";
    if (!answer.ok || !isJson(answer)) return "none";
    const desk = await answer.json();
    const at = Date.parse(answer.headers.get("Date") ?? "");
    return { ...desk, ahead: Number.isNaN(at) ? 0 : at - Date.now() };
  } catch {
    return "none";
  }
}

/** done: nothing more to do now; later: no answer, or none that tells; ask: the token no longer holds. */
async function deliver(item: Waiting, desk: Desk): Promise<"done" | "later" | "ask"> {
  // Once and for all before the first attempt: under one key the content must stay the same.
  if (item.at) {
    const time = new Date(item.madeAt + (Math.abs(desk.ahead) > 60_000 ? desk.ahead : 0)).toISOString();
    item = { ...item, at: undefined, fields: item.fields.map(([name, value]) => [name, name === item.at ? time : value]) };
  }
  await change(item.id, { state: "sending", at: item.at, fields: item.fields });
  try {
    const answer = await fetch(item.address, {
      method: "POST", redirect: "manual", signal: within(PATIENCE), body: item.list ? JSON.stringify({ version: item.list.version, answers: item.list.replies }) : bodyOf(item),
      headers: { Accept: "application/json", "Idempotency-Key": item.key, "X-CSRF-Token": desk.token, ...(item.list ? { "Content-Type": "application/json" } : {}) },
    });
    const said = isJson(answer) ? await answer.json() : null;
    return await settle(item, answer.status, said);
  } catch {
    await change(item.id, { state: "waiting", tries: item.tries + 1 });
    return "later";
  }
}

function bodyOf(item: Waiting) {
  const body = new FormData();
  for (const [name, value] of item.fields) body.append(name, value);
  for (const photo of item.photos) body.append(photo.field, new Blob([photo.bytes], { type: photo.type }), photo.name);
  return body;
}

async function settle(item: Waiting, status: number, said: any): Promise<"done" | "later" | "ask"> {
  const problem = String(said?.type ?? "").replace("urn:ronghe:problem:", "");
  if (said && status >= 200 && status < 300) return await receive(item, item.told?.message ?? said.message, item.told?.record ?? said.record);
  if (problem === "answer-not-kept") return await receive(item, item.told?.message ?? "收到了。", item.told?.record ?? null);
  if (item.list && problem === "stale-write") {
    const outcome = await reconcile(item);
    if (outcome === "there") return await receive(item, "检查表上已经是这样了。", item.told?.record ?? null);
    if (outcome) await change(item.id, { ...outcome, key: uuid7() });
    return outcome ? "done" : "later";
  }
  // A wall before the server, a server that is being started, a token of a session that is over: none of them says anything about the form.
  if (!said || status === 401 || status === 429 || status >= 500 || problem === "in-flight" || (status === 400 && item.tries < 2)) {
    await change(item.id, { state: "waiting", tries: item.tries + 1 });
    return status === 400 || status === 401 ? "ask" : "later";
  }
  await change(item.id, { state: "stuck", problem, reason: said.title ?? "服务器没有接受，也没有说明原因。" });
  return "done";
}

/** The content goes at once; of a report without a name nothing stays but the number. */
async function receive(item: Waiting, message: string, record: string | null): Promise<"done"> {
  await change(item.id, {
    state: "received", message, record, sentAt: Date.now(), fields: [], photos: [], list: undefined, where: "", problem: undefined, reason: undefined,
    title: item.isNameless ? "不署名上报" : item.title,
  });
  return "done";
}

const isJson = (answer: Response) => answer.headers.get("Content-Type")?.includes("json") === true;

function within(time: number) {
  const over = new AbortController();
  setTimeout(() => over.abort(), time);
  return over.signal;
}
