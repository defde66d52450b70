import { editOf, photosOf, settleForm } from "./checklists";
import { forgetDraft } from "./drafts";
import { uuid7 } from "./ids";
import { showPhotos } from "./lists";
import { add, all, of, onChange, type Photo, tidy, toSend, type Waiting } from "./outbox";
import { announce, complain, icon, make, onContent } from "./page";
import { send } from "./sender";
import type { Keep } from "./worker";

/**
 * Forms with data-waits="kind" wait on this device when they cannot be sent: no signal, no answer, or a page that was kept. Everything else
 * about them is as before. data-waits-about and -where name the fields that say in the queue what it is.
 */
type Sending = { elt: HTMLElement; requestConfig: { path: string; formData: FormData; timeout: number; verb: string } };
type Answered = Sending & { xhr: XMLHttpRequest; shouldSwap: boolean };

/** Longest wait for the answer to a form that could as well wait here. */
const PATIENCE = 60_000;
const AGAIN = 30_000;

export const me = () => document.body.dataset.user ?? "";

const formOf = (event: Event) => {
  const { elt, requestConfig } = (event as CustomEvent<Sending>).detail;
  return elt instanceof HTMLFormElement && elt.dataset.waits !== undefined && requestConfig.verb === "post" && me() ? elt : null;
};

const isKept = (form: HTMLElement) => form.closest("[data-kept]") !== null;

document.addEventListener("htmx:configRequest", (event) => {
  const detail = (event as CustomEvent).detail;
  if (detail.verb === "post" && detail.elt instanceof HTMLFormElement && detail.elt.dataset.waits !== undefined) detail.timeout = PATIENCE;
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = formOf(event);
  if (!form || (navigator.onLine && !isKept(form))) return;
  event.preventDefault();
  void wait(form, (event as CustomEvent<Sending>).detail);
});

for (const kind of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(kind, (event) => instead(event));

// A wall in front of a server that is away answers for it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const swap = (event as CustomEvent<Answered>).detail;
  if (![502, 503, 504].includes(swap.xhr.status) || !instead(event)) return;
  swap.shouldSwap = false;
});

function instead(event: Event) {
  const form = formOf(event);
  if (!form) return false;
  event.stopImmediatePropagation();
  void wait(form, (event as CustomEvent<Sending>).detail);
  return true;
}

async function wait(form: HTMLFormElement, { requestConfig }: Sending) {
  if (form.querySelector("[data-photos][data-raw]"))
    return complain("有一张照片的格式这台设备读不了，没法去掉定位，所以没有存下来，填写的内容还在页面上。请去掉它或用相机重拍，也可以等有信号再提交。");
  try {
    const items = await itemsOf(form, requestConfig.path, requestConfig.formData);
    if (items.length === 0) return complain("检查表没有改动，没有要保存的。");
    await add(items);
    void navigator.storage?.persist?.();
    settle(form);
    confirm(items);
    void wake();
  } catch (problem) {
    complain((problem as Error).name === "QuotaExceededError"
      ? "这台设备的存储空间满了，没有存下来，填写的内容还在页面上。请少放几张照片，或到有信号的地方先把“待上传”传完。"
      : "这个浏览器不让网页在本机存东西（例如无痕浏览），没有存下来，填写的内容还在页面上。请等有信号再提交。");
  }
  return undefined;
}

async function itemsOf(form: HTMLFormElement, path: string, data: FormData): Promise<Waiting[]> {
  const fields: [string, string][] = [];
  const photos: Photo[] = [];
  for (const [name, value] of data.entries()) {
    if (name === "__RequestVerificationToken" || name === "FormKey") continue;
    if (typeof value === "string") fields.push([name, value]);
    else if (value.size > 0) photos.push({ field: name, name: value.name, type: value.type, bytes: await value.arrayBuffer() });
  }
  const told = (name: string | undefined) => fields.find(([field]) => field === name)?.[1] ?? "";
  const id = fields.find(([name]) => name === "Form.Id")?.[1] || uuid7();
  const { waits, waitsAbout, waitsTitle, waitsWhere, waitsAt, waitsNameless } = form.dataset;
  const whole: Waiting = {
    id, owner: me(), kind: waits!, title: waitsTitle ?? told(waitsAbout), where: wordsOf(form, waitsWhere) || told(waitsWhere),
    isNameless: fields.some(([name, value]) => name === waitsNameless && value === "true"),
    address: addressOf(path), key: id, fields, photos, at: waitsAt && told(waitsAt) === "" ? waitsAt : undefined, madeAt: Date.now(), state: "waiting", tries: 0,
  };
  return form.dataset.waitsList ? partsOf(whole, form) : [whole];
}

/** A checklist goes as what was changed on it; the photos of each line go by themselves, for nothing that others fill in meanwhile stands against them. */
function partsOf(whole: Waiting, form: HTMLFormElement): Waiting[] {
  const list = editOf(form);
  const [address, record] = [`/api/v1/inspections/${list.inspection}`, `/inspections/${list.inspection}`];
  const answers: Waiting = {
    ...whole, title: `${whole.title} · ${list.replies.length} 项`, address: `${address}/answers`, fields: [], photos: [], list, told: { message: "检查表已保存。", record },
  };
  const pictures = [...photosOf(form, whole.photos)].map(([line, photos]): Waiting => {
    const id = uuid7();
    return {
      ...whole, id, key: id, kind: "检查表的照片", title: `${whole.title} · ${list.texts[line]}`, address: `${address}/items/${encodeURIComponent(line)}/photos`,
      fields: [], photos, line, told: { message: "照片已保存。", record },
    };
  });
  return [...(list.replies.length > 0 ? [answers] : []), ...pictures];
}

/** A kept page stands for all its queries, so what the address says is said once more. */
function addressOf(path: string) {
  const address = new URL(path, location.href);
  for (const [name, value] of new URLSearchParams(location.search)) if (!address.searchParams.has(name)) address.searchParams.set(name, value);
  return address.pathname + address.search;
}

/** A picker holds an id; people read its words. */
const wordsOf = (form: HTMLFormElement, name: string | undefined) =>
  form.querySelector(`[name="${name}"]`)?.closest(".picker")?.querySelector<HTMLInputElement>("input[type=text]")?.value.trim() ?? "";

function settle(form: HTMLFormElement) {
  forgetDraft(form);
  if (form.dataset.waitsList) settleForm(form);
  form.reset();
  if (form.dataset.waitsList) void showPhotos(form, me());
  const id = form.querySelector<HTMLInputElement>('[name="Form.Id"]');
  if (id) id.value = uuid7();
}

/** The note turns into the number as soon as it is there. */
function confirm(items: Waiting[]) {
  const first = items[0]!;
  const words = make("div", {}, "已存在这台设备上，有信号时自动上传，可以放心关掉。", make("a", { href: "/offline" }, "看待上传"));
  const note = make("div", { class: "note good flash stored", "data-stored": first.id }, icon("device-mobile"), words);
  document.querySelectorAll(".stored, .complaint").forEach((earlier) => earlier.remove());
  document.getElementById("page")?.prepend(note);
  note.scrollIntoView({ block: "nearest" });
  announce("已存在这台设备上，有信号时自动上传");
  const stop = onChange(async () => {
    if (!note.isConnected) return stop();
    const now = (await of(first.owner)).filter((one) => items.some((item) => item.id === one.id));
    if (now.length < items.length || now.some((one) => one.state !== "received")) return;
    const { message, record } = now[0]!;
    words.replaceChildren(message ?? "收到了", ...(record ? [make("a", { href: record }, "看这一条")] : []));
  });
}

/** Tries now, and asks the browser to try when there is a signal, also with this page closed. */
export async function wake() {
  const worker = await navigator.serviceWorker?.getRegistration();
  void (worker as any)?.sync?.register("outbox").catch(() => undefined);
  await send().catch(() => undefined);
}

async function count() {
  const waiting = me() ? (await of(me())).filter((item) => item.state !== "received").length : 0;
  for (const place of document.querySelectorAll<HTMLElement>("[data-waiting]")) {
    place.hidden = waiting === 0 && !place.hasAttribute("aria-current");
    place.querySelector("b")!.textContent = waiting > 0 ? String(waiting) : "";
    place.setAttribute("aria-label", `待上传${waiting > 0 ? `，${waiting} 条` : ""}`);
  }
}

const tryAgain = async () => {
  if (document.visibilityState === "visible" && navigator.onLine && (await all()).some((item) => toSend(item) && item.owner === me())) await wake();
};

/** Tells the worker who is here, so that it keeps what he needs, and nothing when nobody is. */
async function greet(root: HTMLElement) {
  if (root !== document.body && root.id !== "page") return;
  const isWanted = root.querySelector("form[data-waits]") !== null && document.querySelector("#page[data-kept]") === null;
  await tellWorker({ isWanted, isMoving: isWanted && root.querySelector("form[data-waits-list]") !== null });
}

async function tellWorker(how: Pick<Keep, "isWanted" | "isMoving">) {
  const here = location.pathname;
  const registration = await navigator.serviceWorker?.ready;
  registration?.active?.postMessage({ person: me(), here, ...how } satisfies Keep);
}

/** This page has changed at the server since it was kept. */
export const keepAnew = () => void tellWorker({ isWanted: true, isMoving: true }).catch(() => undefined);

if ("indexedDB" in globalThis) {
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);
  onChange(() => quietly(count()));
  onContent((root) => {
    quietly(count());
    quietly(greet(root));
  });
  addEventListener("online", () => quietly(tryAgain()));
  document.addEventListener("visibilitychange", () => quietly(tryAgain()));
  setInterval(() => quietly(tryAgain()), AGAIN);
  addEventListener("load", () => {
    void navigator.serviceWorker?.register("/service-worker.js").catch(() => undefined);
    quietly(tryAgain());
    quietly(tidy());
  });
}

