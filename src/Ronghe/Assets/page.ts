import htmx from "htmx.org";

/** Runs for the whole page at first, then for every piece that arrives. */
export const onContent = (dress: (root: HTMLElement) => void) => htmx.onLoad((root) => dress(root as HTMLElement));

/** Runs for every element with this attribute, now and whenever new content arrives; once per element. */
export function enhance<T extends HTMLElement>(selector: string, dress: (element: T) => void) {
  const done = new WeakSet<Element>();
  onContent((root) => {
    const found = [...root.querySelectorAll<T>(selector)];
    if (root.matches(selector)) found.push(root as T);
    for (const element of found) {
      if (done.has(element)) continue;
      done.add(element);
      dress(element);
    }
  });
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, string> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An icon of the sprite; its address with the fingerprint is taken from an icon that the server wrote. */
export function icon(name: string): SVGSVGElement {
  const sprite = document.querySelector("svg.i use")?.getAttribute("href")?.split("#")[0] ?? "/assets/icons.svg";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** Says something to people who cannot see the change. */
export function announce(text: string) {
  const live = document.getElementById("live");
  if (live) live.textContent = text;
}

/** A note at the top of the page, for what happens without an answer from the server. */
export function complain(text: string) {
  document.querySelector(".complaint")?.remove();
  const note = make("div", { class: "note bad flash complaint", role: "alert" }, icon("alert-circle"), make("div", {}, text));
  document.getElementById("page")?.prepend(note);
  note.scrollIntoView({ block: "nearest" });
}
