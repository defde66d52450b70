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
