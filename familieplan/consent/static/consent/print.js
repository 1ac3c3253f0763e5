// The print button of the paper form. Without scripts, the browser's own menu prints.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
