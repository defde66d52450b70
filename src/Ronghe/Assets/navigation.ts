import { announce, complain, onContent } from "./page";

type Swap = { xhr: XMLHttpRequest; serverResponse: string; shouldSwap: boolean; isError: boolean; requestConfig: { verb: string } };

const assetsOf = (html: string) => /src="([^"]*\/app[^"/]*\.js)"/.exec(html)?.[1];
const userOf = (html: string) => /<body[^>]* data-user="([^"]*)"/.exec(html)?.[1];

/** Only a page of this same shell, version and person may take the place of the current one. */
function fits(html: string) {
  return html.includes('id="page"')
    && assetsOf(html) === assetsOf(document.head.innerHTML)
    && (userOf(html) ?? "") === (document.body.dataset.user ?? "");
}

document.addEventListener("htmx:configRequest", (event) => {
  const { verb, parameters } = (event as CustomEvent).detail;
  if (verb !== "get") return;
  for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const link = (event as CustomEvent).detail.elt as HTMLElement;
  if (link instanceof HTMLAnchorElement && link.hasAttribute("download")) {
    event.preventDefault();
    location.assign(link.href);
    return;
  }
  keepPlace();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const swap = (event as CustomEvent<Swap>).detail;
  refused = swap.xhr.status >= 400;
  if (fits(swap.serverResponse)) {
    // Refusals are pages too: they show what was wrong beside the input.
    swap.isError = false;
    return;
  }
  swap.shouldSwap = false;
  if (swap.requestConfig.verb === "get" || swap.xhr.status < 400) location.assign(swap.xhr.responseURL || location.href);
  else complain(`服务器没有接受这次提交（状态 ${swap.xhr.status}）。填写的内容还在页面上，请稍后再试。`);
});

document.addEventListener("htmx:sendError", () => complain("现在连不上服务器。填写的内容还在页面上，联网后再点一次。"));
document.addEventListener("htmx:timeout", () => complain("服务器很久没有回应。填写的内容还在页面上，请稍后再试。"));

let refused = false;

function arrive() {
  if (location.hash === "#side") history.replaceState(history.state, "", location.pathname + location.search);
  document.querySelectorAll<HTMLDetailsElement>("details.who[open]").forEach((menu) => (menu.open = false));
  const flash = document.querySelector("[data-flash]")?.textContent?.trim();
  announce(flash || document.title);
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (!lost) return;
  const page = document.getElementById("page");
  const target = page?.querySelector<HTMLElement>(refused ? ".problems, [aria-invalid=true]" : "[autofocus]") ?? page?.querySelector<HTMLElement>("h1");
  target?.focus({ preventScroll: true });
  // After htmx has put the new page to its top.
  if (refused && target) setTimeout(() => target.scrollIntoView({ block: "center" }));
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (((event as CustomEvent).detail.target as HTMLElement)?.id === "page" || document.getElementById("page") === event.target) arrive();
});

/** Back and forward fetch the page anew, too late for the browser to find the place on it. */
document.addEventListener("htmx:historyRestore", () => {
  refused = false;
  arrive();
  findPlace();
});

const placeKey = () => "place:" + location.pathname + location.search;

function keepPlace() {
  history.scrollRestoration = "manual";
  sessionStorage.setItem(placeKey(), String(scrollY));
}

function findPlace() {
  const place = Number(sessionStorage.getItem(placeKey()));
  if (place > 0) scrollTo(0, place);
}

addEventListener("pagehide", keepPlace);
const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
if (history.scrollRestoration === "manual" && visit?.type !== "navigate") findPlace();

onContent((root) => {
  for (const wrap of root.querySelectorAll<HTMLElement>(".table-wrap"))
    wrap.classList.toggle("scrolls", wrap.scrollWidth > wrap.clientWidth + 1);
});
