import { enhance } from "./page";

/** What the chosen option is about, written beside the select: select data-about="id", option data-about="words". */
enhance<HTMLSelectElement>("select[data-about]", (select) => {
  select.addEventListener("change", () => {
    const words = document.getElementById(select.dataset.about!);
    if (words) words.textContent = select.selectedOptions[0]?.dataset.about ?? "";
  });
});
