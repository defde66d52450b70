import { enhance, icon, make } from "./page";

/**
 * Forms with data-draft="key" keep what was typed on this device until it was sent. Passwords, files and hidden fields are left out.
 * Not for confidential text: it would stay readable on the device.
 */
type Draft = Record<string, string>;
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const me = () => document.body.dataset.user ?? "";
const keyOf = (form: HTMLFormElement) => `draft:${me()}:${form.dataset.draft}`;

const controlsOf = (form: HTMLFormElement) => [...form.elements].filter((e): e is Control =>
  (e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement)
  && e.name !== "" && !/^(password|file|hidden|submit|button|checkbox)$/.test(e.type));

function save(form: HTMLFormElement) {
  const draft: Draft = {};
  for (const control of controlsOf(form)) {
    if (control instanceof HTMLInputElement && control.type === "radio" && !control.checked) continue;
    if (control.value !== "") draft[control.name] = control.value;
  }
  try {
    localStorage.setItem(keyOf(form), JSON.stringify(draft));
  } catch {
    // Full or forbidden storage: the form works, only without a draft.
  }
}

function read(form: HTMLFormElement): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
  } catch {
    return null;
  }
}

function restore(form: HTMLFormElement) {
  const draft = read(form);
  if (!draft) return;
  let restored = false;
  for (const control of controlsOf(form)) {
    const value = draft[control.name];
    if (value === undefined) continue;
    if (control instanceof HTMLInputElement && control.type === "radio") control.checked = control.value === value;
    else if (control.value === "") {
      control.value = value;
      restored ||= control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement;
    }
  }
  if (restored) offer(form);
}

function offer(form: HTMLFormElement) {
  const drop = make("button", { type: "button" }, "清空重写");
  const note = make("div", { class: "note draft-note" }, icon("history"), make("span", {}, "已放回上次没有提交的内容。"), drop);
  drop.addEventListener("click", () => {
    localStorage.removeItem(keyOf(form));
    form.reset();
    note.remove();
  });
  form.prepend(note);
}

/** What was typed is safe elsewhere. */
export const forget = (form: HTMLFormElement) => localStorage.removeItem(keyOf(form));

/** A sent form that did not come back with errors was accepted. */
function settle() {
  const sent = sessionStorage.getItem("draft-sent");
  if (!sent) return;
  sessionStorage.removeItem("draft-sent");
  const back = document.querySelector("form .problems, form .field.bad, .failure, .complaint");
  if (!back) localStorage.removeItem(sent);
}

/** What the form held is safe elsewhere. */
export function forgetDraft(form: HTMLFormElement) {
  localStorage.removeItem(keyOf(form));
  sessionStorage.removeItem("draft-sent");
}

settle();
document.addEventListener("htmx:beforeSwap", () => setTimeout(settle));
for (const key of Object.keys(localStorage)) if (key.startsWith("draft:") && !key.startsWith(`draft:${me()}:`)) localStorage.removeItem(key);

enhance<HTMLFormElement>("form[data-draft]", (form) => {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => save(form), 300);
  };
  restore(form);
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save(form);
    sessionStorage.setItem("draft-sent", keyOf(form));
  });
});
