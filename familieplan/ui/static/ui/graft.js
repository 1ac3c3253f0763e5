// A part of the page becomes its new reading, but for the forms somebody is writing in: they are neither replaced nor moved (a
// field that is moved loses the cursor), the rest is put around them. Without a new reading only such forms are left.
const FIELDS = "input:not([type=hidden]), textarea, select";

function isTouched(field) {
  if (field.matches("select")) {
    const first = [...field.options].findIndex((option) => option.defaultSelected);
    return !field.multiple && field.selectedIndex !== Math.max(first, 0);
  }
  return field.matches("[type=checkbox], [type=radio]") ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

export const isWrittenIn = (form) =>
  form.contains(document.activeElement) && document.activeElement.matches(FIELDS)
  || form.matches(".htmx-request") || form.querySelector(".htmx-request") !== null
  || form.querySelector(".errors, .conflict, .draft-note") !== null // it came back with what was typed in it
  || [...form.querySelectorAll(FIELDS)].some(isTouched);

const nameOf = (form) => form.id || form.getAttribute("hx-post") || form.getAttribute("action");
const formsIn = (node) => node.nodeType !== Node.ELEMENT_NODE ? [] : node.matches("form") ? [node] : [...node.querySelectorAll("form")];

function isTwin(node, child, kept) {
  if (child.id && node.id === child.id) return true;
  const names = kept.filter((form) => child.contains(form)).map(nameOf);
  return formsIn(node).some((form) => names.includes(nameOf(form)));
}

function merge(old, fresh, kept) {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "data-live-part") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const staying = [...old.children].filter((child) => kept.some((form) => child.contains(form)));
  for (const node of [...old.childNodes]) if (!staying.includes(node)) node.remove();
  const rest = [...fresh.childNodes];
  for (const child of staying) {
    const at = rest.findIndex((node) => isTwin(node, child, kept));
    if (at >= 0) child.before(...rest.splice(0, at));
    const twin = at >= 0 ? rest.shift() : child.cloneNode(false);
    if (!kept.includes(child)) merge(child, twin, kept);
  }
  old.append(...rest);
}

// `fresh` is an element, or null where there is nothing (any more) for this reader.
export function graft(part, fresh) {
  const kept = [...part.querySelectorAll("form")].filter(isWrittenIn);
  const open = [...part.querySelectorAll("details[open][id]")].map(({ id }) => id);
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  merge(part, fresh ?? part.cloneNode(false), kept);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  window.htmx.process(part);
}
