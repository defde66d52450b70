/** A photo opens over the page; arrows walk through the photos that stand together. Without JavaScript the link opens the image. */
const viewer = () => document.getElementById("photo") as HTMLDialogElement | null;
let row: HTMLAnchorElement[] = [];
let at = 0;

function show(index: number) {
  const dialog = viewer();
  const link = row[(at = (index + row.length) % row.length)];
  if (!dialog || !link) return;
  const text = link.querySelector("img")?.alt ?? "";
  const image = dialog.querySelector("img")!;
  image.src = link.href;
  image.alt = text;
  dialog.querySelector("p")!.textContent = row.length > 1 ? `${text}（${at + 1} / ${row.length}）` : text;
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[data-photo]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !viewer()) return;
  event.preventDefault();
  row = [...((link.closest(".photo-pair") ?? link.closest(".photos"))?.querySelectorAll<HTMLAnchorElement>("a[data-photo]") ?? [link])];
  show(row.indexOf(link));
});

document.addEventListener("keydown", (event) => {
  if (!viewer()?.open) return;
  if (event.key === "ArrowRight") show(at + 1);
  if (event.key === "ArrowLeft") show(at - 1);
});
