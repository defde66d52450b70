import { layOver } from "./checklists";
import { of, toSend } from "./outbox";
import { make } from "./page";

/** What of a checklist waits on this device, shown in its form. The service worker sends lists without this: it has no page. */
export async function fillIn(form: HTMLFormElement, owner: string) {
  const waiting = (await of(owner)).filter((item) => toSend(item) && item.list?.inspection === form.dataset.waitsList);
  layOver(form, waiting.flatMap((item) => item.list!.replies));
  await showPhotos(form, owner);
}

/** Photos that wait are no longer in the form, so it says how many there are. */
export async function showPhotos(form: HTMLFormElement, owner: string) {
  const pictures = (await of(owner)).filter((item) => toSend(item) && item.line && item.told?.record === `/inspections/${form.dataset.waitsList}`);
  form.querySelectorAll(".fill-waits").forEach((earlier) => earlier.remove());
  for (const { line, photos } of pictures)
    form.querySelector(`[data-step="${CSS.escape(line!)}"]`)?.append(make("p", { class: "hint fill-waits" }, `${photos.length} 张照片存在这台设备上，等着上传。`));
}
