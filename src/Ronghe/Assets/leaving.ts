import { forget, of } from "./outbox";
import { enhance, icon, make } from "./page";
import { send } from "./sender";
import { me } from "./waiting";

/** Signing out: what waits is sent first or stays for this person; the pages kept on this device go either way. */
enhance<HTMLFormElement>("form[data-leaving]", (form) => {
  let isClean = false;
  form.addEventListener("submit", (event) => {
    if (isClean) return;
    event.preventDefault();
    const leave = () => {
      isClean = true;
      form.requestSubmit();
    };
    void forget().then(leave, leave);
  });
  void warn(form).catch(() => undefined);
});

async function warn(form: HTMLFormElement) {
  const waiting = (await of(me())).filter((item) => item.state !== "received");
  if (waiting.length === 0) return;
  const words = make("p", {}, `还有 ${waiting.length} 条没有上传。直接退出的话，它们留在这台设备上，等您本人下次登录再传；别人看不到，也不会替您传。`);
  const first = make("button", { type: "button", class: "btn" }, icon("cloud-up"), make("span", {}, "先上传"));
  const note = make("div", { class: "note", role: "alert", "data-waits-here": "" }, icon("cloud-up"), make("div", {}, words, first));
  form.prepend(note);
  form.querySelector("button[type=submit] span")!.textContent = "退出，留给我";
  first.addEventListener("click", async () => {
    first.disabled = true;
    words.textContent = "正在上传……";
    await send().catch(() => undefined);
    const left = (await of(me())).filter((item) => item.state !== "received").length;
    first.disabled = false;
    words.textContent = left === 0 ? "都传完了，可以退出。" : `还有 ${left} 条没有传上去。可以到“待上传”看原因，也可以留给自己以后传。`;
    if (left > 0) return;
    first.remove();
    form.querySelector("button[type=submit] span")!.textContent = "退出登录";
  });
}

// Nobody is signed in here: what was kept for whoever was goes too. What waits stays with its owner.
if (document.body.classList.contains("plain") && !me() && "indexedDB" in globalThis) void forget().catch(() => undefined);
