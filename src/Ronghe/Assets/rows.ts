import { enhance } from "./page";

/** The whole row leads where its title leads, unless somebody is selecting text or using something else in the row. */
document.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  const row = target.closest("[data-row]");
  if (!row || target.closest("a, button, input, select, label, summary") || getSelection()?.isCollapsed === false) return;
  const link = row.querySelector<HTMLAnchorElement>("a.t");
  if (!link) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank");
  else link.click();
});

/** One tick for the whole page of a list; without script each row is ticked by itself. */
enhance<HTMLElement>("[data-check-all]", (label) => {
  const all = label.querySelector<HTMLInputElement>("input");
  const form = label.closest("form");
  if (!all || !form) return;
  const ticks = () => [...form.querySelectorAll<HTMLInputElement>(".tick input")];
  label.hidden = false;
  all.addEventListener("change", () => ticks().forEach((tick) => { tick.checked = all.checked; }));
  form.addEventListener("change", (event) => {
    if (event.target === all) return;
    const ticked = ticks().filter((tick) => tick.checked).length;
    all.checked = ticked > 0 && ticked === ticks().length;
    all.indeterminate = ticked > 0 && !all.checked;
  });
});
