// The sentences the scripts say, translated by the page (base.html, <template id="say">).
const sentences = document.getElementById("say")?.dataset ?? {};

export const say = (name) => sentences[name] ?? "";

export const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
