// A folded question says its answer in its summary.
export function sayKind(root) {
  root.addEventListener("change", ({ target }) => {
    const said = target.closest("[data-kind]")?.querySelector("summary b");
    if (said) said.textContent = `(${target.selectedOptions[0].text})`;
  });
}

// "Who can see this?": fetched when opened, each time afresh, because a withdrawn consent counts at once.
import { say } from "./say.js";

export function answerWho(root) {
  root.addEventListener("toggle", async ({ target }) => {
    if (!target.open || !target.dataset?.who) return;
    const place = target.querySelector(".who-answer");
    try {
      const answer = await fetch(target.dataset.who, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(String(answer.status));
      place.innerHTML = await answer.text();
    } catch {
      place.textContent = say("gone");
    }
  }, true);
}
