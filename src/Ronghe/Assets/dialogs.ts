document.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  if (target.closest("[data-close]") || target instanceof HTMLDialogElement) target.closest("dialog")?.close();
  if (target.closest("[data-print]")) print();
  const opener = target.closest<HTMLElement>("[data-open]");
  if (opener) (document.getElementById(opener.dataset.open!) as HTMLDialogElement | null)?.showModal();
});
