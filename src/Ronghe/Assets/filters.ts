/** Filter bars apply a changed choice at once; typing applies on Enter or when the text is cleared. */
document.addEventListener("change", (event) => {
  const control = event.target as HTMLElement;
  if (control.matches("form[data-auto] :is(select, input[type=checkbox], input[type=radio], input[type=date])"))
    control.closest("form")?.requestSubmit();
});

document.addEventListener("search", (event) => {
  const input = event.target as HTMLInputElement;
  if (input.value === "" && input.matches("form[data-auto] input")) input.form?.requestSubmit();
}, true);
