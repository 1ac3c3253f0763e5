// After a change in place the reader is where the change is: at the error, at the first field, or at the new card. Nothing settles
// later (htmx-config): whoever is already writing in another field keeps it.
function settle(element) {
  for (const fold of element.querySelectorAll("details.fold")) fold.open = true; // what was changed is not folded away again
  const at = document.activeElement;
  if (at?.matches("input, textarea, select") && !element.contains(at)) return; // on with something else already
  const goal = element.querySelector("[data-focus]") ?? element.querySelector("form [autofocus], form .form-input, form .form-radio");
  if (goal) goal.focus({ preventScroll: false });
  else if (element.matches("[id]")) arriveAt(element);
}

export function arriveAt(element) {
  element.setAttribute("tabindex", "-1");
  element.classList.add("fresh");
  element.focus({ preventScroll: true });
}

export function followFocus(root) {
  root.addEventListener("htmx:load", ({ target }) => target !== document.body && settle(target));
  document.querySelector("main [data-focus]")?.focus();
}
