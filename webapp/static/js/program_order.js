/**
 * The order of a program by dragging: a row follows the pointer among its neighbours, and is put there when it is let
 * go. Without a pointer there are the buttons beside the grip, which also work without this script.
 */

document.addEventListener("pointerdown", (event) => {
  const grip = /** @type {Element} */ (event.target).closest("[data-grip]");
  const row = /** @type {HTMLElement} */ (grip?.closest("[data-row]"));
  if (!row) return;
  event.preventDefault();
  const list = row.parentElement;
  const before = placeOf(row);
  row.classList.add("dragged");
  const move = (/** @type {PointerEvent} */ moved) => follow(list, row, moved.clientY);
  const end = () => {
    document.removeEventListener("pointermove", move);
    row.classList.remove("dragged");
    if (placeOf(row) !== before) put(row);
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end, { once: true });
  document.addEventListener("pointercancel", end, { once: true });
});

/** Let the row change places with the neighbour whose middle the pointer has passed. */
function follow(/** @type {Element} */ list, /** @type {Element} */ row, /** @type {number} */ y) {
  const others = [...list.children].filter((other) => other !== row);
  const next = others.find((other) => y < middle(other));
  if (next !== row.nextElementSibling) list.insertBefore(row, next ?? null);
}

/** @param {Element} element @returns {number} where its middle is on the screen */
function middle(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}

/** @param {Element} row @returns {number} 0 first */
function placeOf(row) {
  return [...row.parentElement.children].indexOf(row);
}

/** Send the row's form with its new place. @param {Element} row */
function put(row) {
  const form = row.querySelector("form.order");
  const button = form.querySelector("button");
  button.disabled = false;
  button.value = String(placeOf(row));
  button.click(); // and not requestSubmit: htmx takes the value of the button that was clicked
}
