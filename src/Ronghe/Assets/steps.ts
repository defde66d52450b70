import htmx from "htmx.org";
import { forget } from "./drafts";
import { announce, enhance } from "./page";
import { keepAnew } from "./waiting";

/** Longest wait for the answer to one step, and of another form for the next step that is on its way. */
const PATIENCE = 15_000;
const WAIT = 5_000;
/** After the last step the page is kept anew, for the time without a signal. */
const QUIET = 2_000;

/**
 * Forms with data-steps="address" save each [data-step] as soon as it is answered; the answer is that step as it now stands. What could
 * not be saved stays filled in and is said so; the button that saves all of it is always there. A kept page can only wait: there the
 * button alone saves.
 */
class Steps {
  pending = new Set<HTMLElement>();
  queue: Promise<unknown> = Promise.resolve();
  running = 0;
  quiet = 0;

  constructor(readonly form: HTMLFormElement) {
    form.addEventListener("change", (event) => {
      const control = event.target as HTMLInputElement;
      if (control.type !== "file") this.later(control.closest<HTMLElement>("[data-step]"), false);
    });
    form.addEventListener("photos:kept", (event) => this.later((event.target as HTMLElement).closest<HTMLElement>("[data-step]"), true));
  }

  /** Until nothing is on its way any more, or nothing moves. */
  async arrived() {
    for (let left = -1; this.running > 0 && this.running !== left;) {
      left = this.running;
      await Promise.race([this.queue, new Promise((rest) => setTimeout(rest, WAIT))]);
    }
  }

  /** One after the other, so that each says the version that the one before it made. */
  later(step: HTMLElement | null, withPhotos: boolean) {
    if (!step || this.form.closest("[data-kept]")) return;
    this.pending.add(step);
    this.running++;
    this.queue = this.queue.then(() => this.save(step, withPhotos)).finally(() => this.running--);
  }

  async save(step: HTMLElement, withPhotos: boolean, again = 2): Promise<void> {
    try {
      const answer = await fetch(this.form.dataset.steps!, { method: "POST", body: this.partOf(step, withPhotos), credentials: "same-origin", signal: within(PATIENCE) });
      if (answer.status === 409 && again > 0) return await this.save(step, withPhotos, again - 1);
      const html = new DOMParser().parseFromString(await answer.text(), "text/html");
      const saved = html.querySelector<HTMLElement>("[data-step]");
      if (!answer.ok || answer.redirected || !saved) throw new Error(html.querySelector(".problems")?.textContent?.trim() ?? "");
      this.pending.delete(step);
      this.settle(step, saved, withPhotos);
    } catch (problem) {
      const said = problem instanceof Error && !(problem instanceof TypeError) ? problem.message : "";
      this.say(said || "没有存到服务器，填写的内容还在。填完点“保存检查表”：没有信号就先存在这台设备上，有信号时自动上传。");
    }
  }

  partOf(step: HTMLElement, withPhotos: boolean) {
    const part = new FormData();
    const token = this.form.querySelector<HTMLInputElement>("input[name=__RequestVerificationToken]");
    if (token) part.append(token.name, token.value);
    for (const control of step.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[name], textarea[name]")) {
      const name = control.name.replace(/^replies\[\d+\]/i, "replies[0]");
      if (control instanceof HTMLInputElement && control.type === "file") {
        if (withPhotos) for (const file of control.files ?? []) part.append(name, file, file.name);
      } else if (!(control instanceof HTMLInputElement && control.type === "radio") || control.checked) part.append(name, control.value);
    }
    return part;
  }

  settle(step: HTMLElement, saved: HTMLElement, withPhotos: boolean) {
    if (this.form.isConnected) for (const version of document.querySelectorAll<HTMLInputElement>("input[type=hidden][name=version]")) version.value = saved.dataset.version!;
    const left = this.form.querySelector("[data-steps-left]");
    if (left) left.textContent = saved.dataset.unanswered!;
    step.className = saved.className;
    this.agree(step, saved);
    if (withPhotos) {
      step.replaceWith(saved);
      htmx.process(saved);
    }
    if (this.pending.size > 0) return;
    forget(this.form);
    clearTimeout(this.quiet);
    this.quiet = window.setTimeout(keepAnew, QUIET);
    const now = new Date();
    this.say(`已自动保存 ${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`);
  }

  /** What the server has is from now on what the form had shown: only what differs from it waits without a signal. */
  agree(step: HTMLElement, saved: HTMLElement) {
    for (const control of step.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[name]:not([type=hidden], [type=file]), textarea[name]")) {
      const same = [...saved.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(`[name="${control.name}"]`)];
      if (control instanceof HTMLInputElement && control.type === "radio") control.defaultChecked = same.some((one) => one.value === control.value && (one as HTMLInputElement).defaultChecked);
      else if (same[0]) control.defaultValue = same[0].defaultValue;
    }
  }

  say(text: string) {
    const note = this.form.querySelector("[data-steps-note]");
    if (note) note.textContent = text;
    announce(text);
  }
}

function within(time: number) {
  const over = new AbortController();
  setTimeout(() => over.abort(new TypeError("no answer")), time);
  return over.signal;
}

let current: Steps | null = null;
let isReleased = false;

/** Whatever else is sent from the page goes after the answers that are on their way, or it would be refused as older than they are. */
document.addEventListener("submit", (event) => {
  if (isReleased || !current?.form.isConnected || current.running === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const form = event.target as HTMLFormElement;
  void current.arrived().then(() => {
    isReleased = true;
    if (form.isConnected) form.requestSubmit(event.submitter);
    isReleased = false;
  });
}, true);

enhance<HTMLFormElement>("form[data-steps]", (form) => { current = new Steps(form); });
