import { forget, type Kept, note, setNote, all, toSend } from "./outbox";
import { askDesk, send } from "./sender";

/**
 * Answers in the server's place while there is no signal: the assets of this version, and the few pages that the server names for this
 * person (GET /api/v1/offline). Every other page comes from the server or not at all.
 */
interface Lasting extends Event { waitUntil(work: Promise<unknown>): void }
interface Asking extends Lasting { request: Request; respondWith(answer: Promise<Response>): void }
interface Worker {
  shell: { version: string; assets: string[] };
  addEventListener(kind: "install" | "activate" | "sync", act: (event: Lasting) => void): void;
  addEventListener(kind: "fetch", act: (event: Asking) => void): void;
  addEventListener(kind: "message", act: (event: Lasting & { data: Keep }) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

/** A page says who is at it and where; asks to look at the kept pages again. A list that is being filled in is kept anew each time. */
export type Keep = { person: string; here: string; isWanted: boolean; isMoving: boolean };

const worker = self as unknown as Worker;
const SHELL = `shell-${worker.shell.version}`;
const PAGES = "pages";
const FRESH = 10 * 60_000;
/** After that the kept copy is shown: a line that carries nothing is as good as none. */
const PATIENCE = 6_000;

/** One after the other: one that asked before an inspection began would throw away what a later one kept of it. */
let keeping: Promise<unknown> = Promise.resolve();

worker.addEventListener("install", (event) => event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(worker.shell.assets)).then(() => worker.skipWaiting())));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("message", (event) => event.waitUntil((keeping = keeping.then(() => keep(event.data)).catch(() => undefined))));

/** Background sync: the browser says that there is a signal. It tries again later by itself when this fails. */
worker.addEventListener("sync", (event) => event.waitUntil(send().then(async () => {
  if ((await note("link")) === "none" && (await all()).some(toSend)) throw new Error("something still waits");
})));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (worker.shell.assets.includes(url.pathname)) event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(request)));
  else if (request.mode === "navigate" || request.headers.has("HX-Request")) event.respondWith(page(request, url));
});

async function page(request: Request, url: URL): Promise<Response> {
  const kept = await caches.open(PAGES).then((cache) => cache.match(url.pathname));
  const online = fetch(request);
  if (!kept) return online.catch((problem) => (request.mode === "navigate" ? missed() : Promise.reject(problem)));
  const late = new Promise<Response>((show) => setTimeout(() => show(kept), PATIENCE));
  return Promise.race([online.catch(() => kept), late]);
}

/** The queue stands in for a page that is not there; it says so, for its address is another one. */
async function missed(): Promise<Response> {
  const queue = await caches.open(PAGES).then((cache) => cache.match("/offline"));
  return queue ?? new Response(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>没有信号</title>
    <body><h1>没有信号</h1><p>现在连不上服务器。登录过的人才能离线使用；有信号后请再试。</p><p><a href="">再试一次</a></p></body></html>`,
    { status: 503, headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" } });
}

async function keep({ person, here, isWanted, isMoving }: Keep) {
  if (!person) return;
  const last = await note<Kept>("kept");
  const isFresh = last && last.person === person && last.version === worker.shell.version && Date.now() - last.at < FRESH;
  const isThere = last?.pages.some((page) => page.address === here) === true;
  if (isFresh && isMoving && isThere) return void (await copy(await caches.open(PAGES), here, person));
  if (isFresh && !(isWanted && !isThere)) return;
  const desk = await askDesk();
  if (desk === "signed-out") return await forget();
  if (typeof desk === "string") return;
  if (last && last.person !== desk.person) await caches.delete(PAGES);
  const cache = await caches.open(PAGES);
  for (const { address } of desk.pages) await copy(cache, address, desk.person);
  for (const kept of await cache.keys()) if (!desk.pages.some(({ address }) => address === new URL(kept.url).pathname)) await cache.delete(kept);
  await setNote("kept", { person: desk.person, at: Date.now(), version: worker.shell.version, pages: desk.pages });
  for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
}

/** Only a whole page of this very person; it says in itself when it was kept. */
async function copy(cache: Cache, address: string, person: string) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
    const html = await answer.text();
    // Too busy to answer says nothing about the page: the older copy stays.
    if (answer.status === 429 || answer.status >= 500) return undefined;
    if (!answer.ok || answer.redirected || !html.includes(`data-user="${person}"`)) return await cache.delete(address);
    const headers = new Headers(answer.headers);
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    return await cache.put(address, new Response(html.replace('<main id="page"', `<main id="page" data-kept="${new Date().toISOString()}"`), { headers }));
  } catch {
    // No signal now: an older copy is better than none.
    return undefined;
  }
}
