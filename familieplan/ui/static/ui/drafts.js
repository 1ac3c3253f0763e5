// <textarea data-draft="key">: what is typed is posted to /drafts/ (key, text, and the form's own `draft` and `once`, so that two
// tabs of one form keep apart) 800 ms after the last stroke, on leaving the field
// and on leaving the page. An unreachable server is tried again until it answers.
import { renewToken, say, token } from "./say.js";

const PAUSE = 800;
const timers = new WeakMap();
const kept = new WeakMap();
const turns = new WeakMap();

function status(field, text) {
  const line = field.closest(".form-group")?.querySelector("[data-draft-status]");
  if (line && line.textContent !== text) line.textContent = text;
}

const isKept = (field) => !field.isConnected || field.value === (kept.get(field) ?? field.defaultValue);

// One after the other: two at once could change places on the way.
function keep(field, wait = 2000) {
  clearTimeout(timers.get(field));
  const turn = (turns.get(field) ?? Promise.resolve()).then(() => post(field, wait));
  turns.set(field, turn);
  return turn;
}

async function post(field, wait) {
  const text = field.value;
  if (isKept(field)) return true;
  status(field, say("keeping"));
  try {
    const { draft, once } = field.form.elements;
    const body = new URLSearchParams({ key: field.dataset.draft, text, draft: draft.value, once: once.value });
    const send = () => fetch("/drafts/", { method: "POST", body, headers: { "X-CSRFToken": token() }, keepalive: text.length < 20000 });
    let answer = await send();
    if (answer.status === 403 && await renewToken()) answer = await send();
    if (answer.status === 422) { // too long for a draft: what becomes of it, the form itself is told
      status(field, await answer.text());
      return true;
    }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    kept.set(field, text);
    status(field, say("kept"));
    return true;
  } catch {
    status(field, say("notKept"));
    timers.set(field, setTimeout(() => keep(field, Math.min(wait * 2, 30000)), wait));
    return false;
  }
}

// A plain form leaves the page for the answer: it is sent when its words are kept. No network, or signed out: it stays, and says so.
const passed = new WeakSet();
async function sendWhenKept(event) {
  const { target: form, submitter } = event;
  if (!form.matches("form[data-keep]:not([hx-post])") || passed.delete(form)) return;
  const fields = [...form.querySelectorAll("[data-draft]")].filter((field) => !isKept(field));
  if (!fields.length) return;
  event.preventDefault();
  if ((await Promise.all(fields.map((field) => keep(field)))).includes(false)) {
    form.querySelector("[data-status]").textContent = say("notSent");
    return;
  }
  passed.add(form);
  form.requestSubmit(submitter);
}

export function keepDrafts(root) {
  root.addEventListener("submit", sendWhenKept);
  root.addEventListener("input", ({ target }) => {
    if (!target.dataset?.draft) return;
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(() => keep(target), PAUSE));
  });
  root.addEventListener("focusout", ({ target }) => target.dataset?.draft && keep(target));
  root.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") document.querySelectorAll("[data-draft]").forEach((field) => keep(field));
  });
}
