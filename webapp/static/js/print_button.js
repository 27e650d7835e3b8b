/**
 * The button that prints a sheet: it shows itself only where a page can print.
 */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
