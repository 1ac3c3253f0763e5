// Links that change the page where it stands, inside [data-in-place] and nowhere else: .edit replaces its card (nearest [data-card],
// or data-within), .add only itself, [data-replaces] the element it names. The answer is the page's own address, asked by htmx;
// without scripts it is a page.
const LINKS = ["a.edit", "a.add", "a[data-replaces]"].map((link) => `[data-in-place] ${link}`).join();
const place = (link) =>
  link.dataset.replaces ? document.querySelector(link.dataset.replaces)
    : link.classList.contains("add") ? link
      : link.closest(link.dataset.within ?? "[data-card]");

export function changeInPlace(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.(LINKS);
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const target = place(link);
    if (!target) return;
    event.preventDefault();
    window.htmx.ajax("GET", link.href, { source: link, target, swap: "outerHTML" })
      .catch(() => window.location.assign(link.href));
  });
  // Not found, no network: the page itself says why.
  for (const lost of ["htmx:responseError", "htmx:sendError"]) {
    root.addEventListener(lost, ({ target }) => target.matches?.(LINKS) && window.location.assign(target.href));
  }
}
