import { announce, enhance, make } from "./page";

type Pick = { id: string; text: string; detail?: string | null };

const REMEMBERED = 20;
const me = () => document.body.dataset.user ?? "";

/**
 * A combobox over a text input. The id goes into a hidden field of the same name; words that match nothing are sent as they are,
 * and the server looks them up as it does without JavaScript.
 */
class Picker {
  readonly input: HTMLInputElement;
  readonly held: HTMLInputElement;
  readonly list: HTMLUListElement;
  picks: Pick[] = [];
  at = -1;
  timer = 0;
  asking?: AbortController;

  constructor(readonly box: HTMLElement) {
    this.input = box.querySelector("input")!;
    this.held = make("input", { type: "hidden", name: this.input.name });
    this.held.value = box.dataset.id ?? this.input.value;
    this.input.removeAttribute("name");
    box.classList.toggle("picked", !!box.dataset.id);
    this.list = make("ul", { class: "options", role: "listbox", id: this.input.id + "-options", hidden: "", "aria-label": "候选" });
    box.append(this.held, this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id }))
      this.input.setAttribute(name, value);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => {
      this.held.value = this.input.value.trim();
      this.box.classList.remove("picked");
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), 160);
    });
    this.input.form?.addEventListener("reset", () => { this.held.value = this.box.dataset.id ?? this.input.defaultValue; });
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("focus", () => { if (!this.input.value) void this.ask(); });
    this.input.addEventListener("blur", () => this.close());
    // mousedown, so that the input keeps the focus.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = (event.target as HTMLElement).closest<HTMLElement>("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  onKey(event: KeyboardEvent) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) void this.ask();
      else this.mark((this.at + (event.key === "ArrowDown" ? 1 : this.picks.length - 1 + (this.at < 0 ? 1 : 0))) % Math.max(1, this.picks.length));
    } else if (event.key === "Enter" && open && this.picks.length > 0) {
      event.preventDefault();
      this.choose(Math.max(0, this.at));
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const address = new URL(this.box.dataset.picker!, location.href);
    address.searchParams.set("q", this.input.value.trim());
    try {
      const answer = await fetch(address, { signal: this.asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return this.close();
      this.show(await answer.json());
    } catch (problem) {
      if ((problem as Error).name !== "AbortError") this.recall();
    }
  }

  /** Without a signal: what was chosen lately on this device. Words that match nothing are sent as they are. */
  recall() {
    const typed = this.input.value.trim();
    this.show(this.remembered().filter((pick) => pick.text.includes(typed)));
  }

  remembered(): Pick[] {
    try {
      return JSON.parse(localStorage.getItem(this.place()) ?? "[]");
    } catch {
      return [];
    }
  }

  place = () => `draft:${me()}:picked:${this.box.dataset.picker}`;

  remember(pick: Pick) {
    // Places only: of people and units nothing stays on the device.
    if (!this.box.dataset.picker?.endsWith("/places")) return;
    try {
      localStorage.setItem(this.place(), JSON.stringify([pick, ...this.remembered().filter((one) => one.id !== pick.id)].slice(0, REMEMBERED)));
    } catch {
      // Full or forbidden storage: then it is asked of the server again.
    }
  }

  show(picks: Pick[]) {
    if (document.activeElement !== this.input) return;
    this.picks = picks;
    this.at = -1;
    this.list.replaceChildren(...picks.map((pick, index) => make(
      "li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false" }, make("span", {}, pick.text),
      ...(pick.detail ? [make("small", {}, pick.detail)] : []))));
    if (picks.length === 0 && !this.input.value) return this.close();
    if (picks.length === 0) this.list.append(make("li", { class: "none" }, "没有匹配的，换个写法试试"));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    announce(picks.length === 0 ? "没有匹配的" : `${picks.length} 个候选`);
  }

  mark(index: number) {
    this.at = index;
    [...this.list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === index)));
    const option = this.list.children[index];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(index: number) {
    const pick = this.picks[index];
    if (!pick) return;
    this.input.value = pick.text;
    this.held.value = pick.id;
    this.box.classList.add("picked");
    this.remember(pick);
    this.close();
    this.held.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.asking?.abort();
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

enhance<HTMLElement>("[data-picker]", (box) => void new Picker(box));
