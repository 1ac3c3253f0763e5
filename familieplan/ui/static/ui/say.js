// The sentences the scripts say, translated by the page (base.html, <template id="say">).
const sentences = document.getElementById("say")?.dataset ?? {};

export const say = (name) => sentences[name] ?? "";

export const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

// This page's token is of a session that is over; the page itself tells the new one. False: nobody is signed in.
export async function renewToken() {
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers"));
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh ?? field.value;
  return true;
}
