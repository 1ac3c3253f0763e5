// For the one who leads: a quiet timer and the round of who speaks. Nothing is sent, nothing is kept, nothing sounds.
const two = (number) => String(number).padStart(2, "0");

function timer(box) {
  const clock = box.querySelector("[data-clock]");
  const says = box.querySelector("[data-says]");
  const { half, one, over } = box.querySelector("[data-words]").dataset;
  let ends = 0, length = 0, ticking = null, said = "";
  const say = (text) => { if (text !== said) says.textContent = said = text; };
  function tick() {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${two(left % 60)}`;
    if (left === 0) { say(over); clearInterval(ticking); }
    else if (left <= 60 && length > 60) say(one);
    else if (left <= length / 2 && length > 120) say(half);
  }
  function stop() {
    clearInterval(ticking);
    clock.textContent = "–";
    say("");
  }
  box.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    stop();
    if (!button.dataset.minutes) return;
    length = Number(button.dataset.minutes) * 60;
    ends = Date.now() + length * 1000;
    tick();
    ticking = setInterval(tick, 1000);
  });
  box.hidden = false;
}

function round(box) {
  const seats = [...box.querySelectorAll("[data-seat]")];
  const turn = box.querySelector("p[data-turn]");
  const words = box.querySelector("[data-words]").dataset;
  let now = -1;
  function show() {
    seats.forEach((seat, number) => {
      seat.classList.toggle("is-now", number === now);
      seat.classList.toggle("was-heard", number < now);
      if (number === now) seat.setAttribute("aria-current", "step"); else seat.removeAttribute("aria-current");
    });
    turn.textContent = now < 0 ? "" : now < seats.length ? words.turn + seats[now].textContent.trim() : words.done;
  }
  box.querySelector("[data-next]").addEventListener("click", () => { now = Math.min(now + 1, seats.length); show(); });
  box.querySelector("[data-again]").addEventListener("click", () => { now = -1; show(); });
  box.querySelector("[data-turns]").hidden = !seats.length;
}

document.querySelectorAll("[data-timer]").forEach(timer);
document.querySelectorAll("[data-round]").forEach(round);
