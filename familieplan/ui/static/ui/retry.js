// A save that did not get through keeps its form as it stands, says so, and is sent again with the same `once`,
// so that the server saves it exactly once (htmx forms; a plain form is kept by the browser itself).
import { renewToken, say } from "./say.js";

const LONGEST = 30000;
const waits = new WeakMap();
const renewed = new WeakSet();

function tell(form, text, tone) {
  const line = form.querySelector("[data-status]");
  if (!line) return;
  line.textContent = text;
  line.dataset.tone = tone;
}

function again(form) {
  const wait = Math.min((waits.get(form) ?? 1000) * 2, LONGEST);
  waits.set(form, wait);
  tell(form, say("trying"), "wait");
  setTimeout(() => form.isConnected && form.requestSubmit(), wait);
}

// Signed in again in another tab: once more, with this session's token. A second refusal is meant.
async function renew(form) {
  if (renewed.has(form)) tell(form, say("refused"), "wait");
  else if (!await renewToken()) tell(form, say("signedOut"), "wait");
  else {
    renewed.add(form);
    form.requestSubmit();
  }
}

const formOf = (event) => event.target.closest?.("form[data-keep]");

export function keepTrying(root) {
  for (const lost of ["htmx:sendError", "htmx:timeout"]) {
    root.addEventListener(lost, (event) => formOf(event) && again(formOf(event)));
  }
  root.addEventListener("htmx:responseError", (event) => {
    const form = formOf(event);
    if (!form) return;
    const { status } = event.detail.xhr;
    if (status >= 500 || status === 429) again(form);
    else if (status === 401 || status === 403) renew(form);
    else tell(form, say("refused"), "wait");
  });
  // The session ended: neither may the page be left for the sign-in page, nor may that replace what was typed.
  root.addEventListener("htmx:beforeOnLoad", (event) => {
    const form = formOf(event);
    if (!form || !event.detail.xhr.getResponseHeader("HX-Redirect")?.includes("/account/")) return;
    event.preventDefault();
    tell(form, say("signedOut"), "wait");
  });
  root.addEventListener("htmx:beforeSwap", (event) => {
    const form = formOf(event);
    if (!form || !event.detail.xhr.responseURL.includes("/account/")) return;
    event.detail.shouldSwap = false;
    tell(form, say("signedOut"), "wait");
  });
}
