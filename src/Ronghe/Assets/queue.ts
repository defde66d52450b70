import { uuid7 } from "./ids";
import { all, change, drop, type Kept, type Link, note, of, onChange, type Waiting } from "./outbox";
import { enhance, icon, make } from "./page";
import { me, wake } from "./waiting";

/** The page 待上传: what lies on this device, how it stands, and what to do where it stands still. */
const STATES: Record<Waiting["state"], [look: string, icon: string, words: string]> = {
  waiting: ["waiting", "clock", "等待"], sending: ["info", "cloud-up", "正在上传"], received: ["closed", "circle-check", "已收到"], stuck: ["overdue", "alert-triangle", "需要处理"],
};

const LINKS: Record<Link, string> = {
  up: "有信号，会自动上传。", none: "现在连不上服务器，连上后自动上传。", "signed-out": "登录已经过期。登录后会接着上传，不用重填。",
  other: "您的账号现在不能上传，例如还没有改初始密码。",
};

const HELP: Record<string, string> = {
  forbidden: "您的权限变了，这条没有被接受。需要的话，请联系本单位安全保密管理员；内容还在这台设备上。",
  "not-found": "要填的那一条已经不在了，或者您看不到了。",
};

enhance<HTMLElement>("[data-queue]", (page) => {
  const list = page.querySelector<HTMLElement>("[data-queue-list]")!;
  const pages = page.querySelector<HTMLElement>("[data-queue-pages]")!;
  const shown: string[] = [];
  const show = async () => {
    if (!page.isConnected) return stop();
    const [mine, others, link, kept] = [(await of(me())).reverse(), (await all()).filter((item) => item.owner !== me() && item.state !== "received").length, await note<Link>("link"), await note<Kept>("kept")];
    shown.splice(0).forEach((address) => URL.revokeObjectURL(address));
    list.replaceChildren(...strip(mine, link), ...(mine.length === 0 ? [nothing()] : [box(mine, shown)]), ...(others > 0 ? [strangers(others)] : []));
    pages.hidden = !kept;
    if (kept) pages.replaceChildren(...pages.querySelectorAll(".hd"), ...kept.pages.filter(({ address }) => address !== "/offline").map(({ address, title, icon: name }) => row(name, title, null, address)));
  };
  const stop = onChange(() => void show());
  for (const event of ["online", "offline"]) addEventListener(event, () => void show());
  void show().catch(() => list.replaceChildren(make("div", { class: "note bad" }, icon("alert-circle"), make("div", {}, "这个浏览器不让网页在本机存东西（例如无痕浏览），所以没有信号时不能用。"))));
});

function strip(mine: Waiting[], link: Link | undefined) {
  const left = mine.filter((item) => item.state === "waiting" || item.state === "sending").length;
  const isOff = !navigator.onLine;
  const words = isOff ? LINKS.none : left > 0 || link === "signed-out" ? LINKS[link ?? "up"] : "都传完了。";
  const strip = make("div", { class: `note queue-strip ${isOff || link === "none" ? "" : link === "signed-out" || link === "other" ? "bad" : "good"}` }, icon(isOff || link === "none" ? "cloud-off" : "cloud-up"),
    make("div", {}, make("b", {}, left > 0 ? `${left} 条等着上传。` : ""), words));
  if (link === "signed-out") strip.append(make("a", { class: "btn primary", href: "/sign-in?returnUrl=%2Foffline", "hx-boost": "false" }, "登录"));
  else if (left > 0) strip.append(button("refresh", "现在上传", () => wake(), "primary"));
  return mine.length === 0 && link !== "signed-out" ? [] : [strip];
}

const nothing = () => make("section", { class: "box" }, make("div", { class: "empty" }, make("span", { class: "ic" }, icon("circle-check")), make("b", {}, "没有等着上传的"),
  make("p", {}, "没有信号时照常上报、填检查表，都会先存到这里。"), make("div", { class: "acts" }, make("a", { class: "btn", href: "/findings/report" }, icon("camera"), make("span", {}, "上报隐患")))));

const strangers = (count: number) => make("div", { class: "note" }, icon("user"), make("div", {}, `这台设备上还有别人的 ${count} 条，要他们本人登录才会上传，您看不到内容。`));

function box(mine: Waiting[], shown: string[]) {
  const received = mine.filter((item) => item.state === "received");
  const head = make("div", { class: "hd" }, icon("cloud-up"), make("h2", {}, "这台设备上的"), make("small", {}, sizeOf(mine)));
  if (received.length > 0) head.append(make("span", { class: "more" }, button("checks", "清掉已收到的", async () => { for (const item of received) await drop(item.id); }, "muted")));
  return make("section", { class: "box" }, head, ...mine.map((item) => card(item, shown)));
}

function sizeOf(mine: Waiting[]) {
  const bytes = mine.flatMap((item) => item.photos).reduce((sum, photo) => sum + photo.bytes.byteLength, 0);
  return bytes === 0 ? `${mine.length} 条` : `${mine.length} 条 · 照片 ${(bytes / 1e6).toFixed(1)} MB`;
}

function card(item: Waiting, shown: string[]) {
  const [look, name, words] = STATES[item.state];
  const made = new Date(item.madeAt).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const detail = [item.kind, item.where, made, item.photos.length > 0 ? `${item.photos.length} 张照片` : ""].filter(Boolean).join(" · ");
  const what = make("div", { class: "what" }, make("b", { class: "t" }, item.title || item.kind), make("span", { class: "d" }, detail));
  if (item.state === "received") what.append(make("p", { class: "queue-said" }, item.message ?? "", " ", ...(item.record ? [make("a", { href: item.record }, "看这一条")] : [])));
  if (item.state === "stuck") what.append(trouble(item));
  if (item.state === "waiting" && item.tries > 0) what.append(make("span", { class: "d" }, `试过 ${item.tries} 次，都没有传到。`));
  const badge = make("span", { class: `badge ${look}` }, icon(name), words);
  const line = make("div", { class: "item queue-item", "data-item": item.id, "data-state": item.state }, picture(item, shown), what, make("div", { class: "then" }, badge));
  if (item.state === "waiting") what.append(make("div", { class: "acts" }, dropper(item)));
  return line;
}

function picture(item: Waiting, shown: string[]) {
  const photo = item.photos[0];
  if (!photo) return make("span", { class: "ic" }, icon(item.list ? "clipboard-check" : "camera"));
  const address = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
  shown.push(address);
  return make("span", { class: "ic shot-of" }, make("img", { src: address, alt: "" }));
}

function trouble(item: Waiting) {
  const part = make("div", { class: "queue-trouble" }, make("p", {}, HELP[item.problem ?? ""] ?? item.reason ?? ""));
  if (item.problem === "conflict" && item.list) {
    part.append(make("ul", {}, ...(item.clashes ?? []).map((clash) => make("li", {}, make("b", {}, clash.text), make("span", {}, `现在是：${clash.theirs}`), make("span", {}, `您填的：${clash.mine}`)))));
    const clashing = new Set(item.clashes?.map((clash) => clash.itemId));
    const rest = item.list.replies.filter((reply) => !clashing.has(reply.itemId));
    part.append(make("div", { class: "acts" },
      button("check", "用我填的", () => again(item, { list: { ...item.list!, mine: true } }), "primary"),
      button("arrow-back-up", rest.length > 0 ? "用现在的，其余照传" : "用现在的，放弃我的", () => (rest.length > 0 ? again(item, { list: { ...item.list!, replies: rest } }) : drop(item.id)))));
  } else part.append(make("div", { class: "acts" }, button("refresh", "再试一次", () => again(item, {})), dropper(item)));
  return part;
}

/** Under a new key, for what was refused may be something else by now; its id stays, and by that it is stored once. */
async function again(item: Waiting, how: Partial<Waiting>) {
  await change(item.id, { ...how, state: "waiting", key: uuid7(), tries: 0, problem: undefined, reason: undefined, clashes: undefined });
  await wake();
}

/** Asks once more in the same place: what is dropped is nowhere else. */
function dropper(item: Waiting) {
  const one = button("trash", "放弃", async () => {
    if (one.dataset.sure) return drop(item.id);
    one.dataset.sure = "yes";
    one.classList.add("danger");
    one.querySelector("span")!.textContent = "确定放弃？内容和照片都会删掉";
    return undefined;
  }, "muted");
  return one;
}

function button(name: string, words: string, act: () => unknown, look = "") {
  const made = make("button", { type: "button", class: `btn small ${look}` }, icon(name), make("span", {}, words));
  made.addEventListener("click", () => void act());
  return made;
}

const row = (name: string, title: string, detail: string | null, address: string) => make("div", { class: "item", "data-row": "" }, make("span", { class: "ic" }, icon(name)),
  make("div", { class: "what" }, make("a", { class: "t", href: address }, title), ...(detail ? [make("span", { class: "d" }, detail)] : [])));

/** Chromium offers to install; others have it in their own menu. */
type Offer = Event & { prompt(): Promise<void> };
let offer: Offer | null = null;

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event as Offer;
  document.querySelectorAll<HTMLElement>("[data-install]").forEach((part) => { part.hidden = false; });
});

enhance<HTMLElement>("[data-install]", (part) => {
  part.hidden = !offer;
  part.querySelector("[data-install-now]")?.addEventListener("click", () => void offer?.prompt().then(() => { part.hidden = true; }));
});
