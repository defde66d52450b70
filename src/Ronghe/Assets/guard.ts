/** A pressed button rests until its answer is there, so a second press does not act twice. */
type Sending = { elt: HTMLElement; requestConfig: { triggeringEvent?: SubmitEvent } };

const buttonOf = (event: Event) => {
  const { elt, requestConfig } = (event as CustomEvent<Sending>).detail;
  if (!(elt instanceof HTMLFormElement)) return null;
  return (requestConfig.triggeringEvent?.submitter ?? elt.querySelector("button[type=submit]")) as HTMLButtonElement | null;
};

function rest(button: HTMLButtonElement | null) {
  if (!button) return;
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
}

function wake(button: HTMLButtonElement | null) {
  if (!button) return;
  button.disabled = false;
  button.removeAttribute("aria-busy");
}

document.addEventListener("htmx:beforeSend", (event) => rest(buttonOf(event)));
document.addEventListener("htmx:afterRequest", (event) => wake(buttonOf(event)));

// Forms that leave the page. The browser has collected the data when the timer fires.
addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const button = event.submitter as HTMLButtonElement | null;
  setTimeout(() => rest(button));
});
addEventListener("pageshow", () => document.querySelectorAll<HTMLButtonElement>("button[aria-busy]").forEach(wake));
