import { uuid7 } from "./ids";
import { fillIn } from "./lists";
import { enhance, icon, make } from "./page";
import { me } from "./waiting";

/** A page that was kept on this device and is shown because the server cannot be reached: only what can wait can be sent from it. */
const clock = (at: string) => new Date(at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

enhance<HTMLElement>("#page[data-kept]", (page) => {
  const isAway = location.pathname !== "/offline" && page.querySelector("[data-queue]") !== null;
  const forms = [...page.querySelectorAll<HTMLFormElement>("form[method=post]")];
  const words = isAway ? "现在没有信号，刚才那一页打不开。下面是这台设备上能用的。"
    : forms.some((form) => form.dataset.waits !== undefined) ? `现在没有信号，这是 ${clock(page.dataset.kept!)} 存下的页面。照常填、照常提交：先存在这台设备上，有信号时自动上传。`
      : `现在没有信号，这是 ${clock(page.dataset.kept!)} 存下的页面，内容可能已经变了。`;
  if (isAway || page.querySelector("[data-queue]") === null) page.prepend(make("div", { class: "note info kept-note" }, icon("cloud-off"), make("div", {}, words, make("a", { href: location.href }, "重新打开"))));
  for (const form of forms) {
    if (form.dataset.waits === undefined) rest(form);
    else if (form.dataset.waitsList) void fillIn(form, me());
    else open(form);
  }
});

function rest(form: HTMLFormElement) {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[type=submit], button:not([type])")) {
    button.disabled = true;
    button.title = "没有信号时不能办";
  }
}

/** One copy serves for many reports, so each gets an id of its own; what a sign or another page put into the address is filled in. */
function open(form: HTMLFormElement) {
  const id = form.querySelector<HTMLInputElement>('[name="Form.Id"]');
  if (id) id.value = uuid7();
  const asked = new URLSearchParams(location.search);
  const source = form.querySelector<HTMLSelectElement>('[name="Form.Source"]');
  // As what the form began with: for the second report on this page too.
  for (const option of source?.options ?? []) if (option.value === asked.get("source")) option.selected = option.defaultSelected = true;
  const place = form.querySelector<HTMLInputElement>('[name="Form.PlaceText"]');
  const code = asked.get("place");
  if (!place || !code) return;
  const typed = place.closest(".picker")?.querySelector<HTMLInputElement>("input[type=text]");
  place.value = code;
  if (!typed) return;
  typed.value = typed.defaultValue = code;
  typed.closest(".field")?.append(make("div", { class: "hint" }, "由现场的二维码带入，可以改。上传时换成地点的名称。"));
}
