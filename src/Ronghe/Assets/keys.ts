/** Single keys, switched off by data-keys="off" and while somebody types. */
function rowStep(by: number) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row] a.t")];
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const press = (selector: string) => document.querySelector<HTMLElement>(selector)?.click();

const rowInUse = () => document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;

/** After g, the next key names a place. Only places that the page leads to anyway, so nobody lands at a closed door. */
const places: Record<string, string> = { h: "/", t: "/todo", f: "/findings", p: "/people", u: "/units", l: "/places", m: "/me" };
let goingUntil = 0;

function go(key: string) {
  goingUntil = 0;
  if (Object.hasOwn(places, key)) press(`:is(#menu, #tabs, .who) a[href="${places[key]}"]`);
}

const keys: Record<string, () => void> = {
  "/": () => {
    const find = document.getElementById("find") as HTMLInputElement | null;
    if (find?.offsetParent) find.select();
    else press(".find-open");
  },
  "?": () => (document.getElementById("keys") as HTMLDialogElement | null)?.showModal(),
  b: () => press(".report"),
  j: () => rowStep(1),
  k: () => rowStep(-1),
  x: () => rowInUse()?.querySelector<HTMLInputElement>(".tick input")?.click(),
  g: () => { goingUntil = Date.now() + 1500; },
  "[": () => press("a[rel=prev]"),
  "]": () => press("a[rel=next]"),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  if ((event.target as HTMLElement).closest("input, textarea, select, [contenteditable]")) return;
  if (goingUntil > Date.now()) {
    event.preventDefault();
    go(event.key);
    return;
  }
  // The arrows scroll the page until somebody is at a row.
  const arrow = rowInUse() ? { ArrowDown: "j", ArrowUp: "k" }[event.key] : undefined;
  const key = arrow ?? event.key;
  const act = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (!act) return;
  event.preventDefault();
  act();
});

function closeMenus() {
  if (location.hash === "#side") location.hash = "#page";
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.who[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.who[open]"))
    if (!menu.contains(event.target as Node)) menu.open = false;
});
