// A page that follows a family: <div data-live="<stream>"> once, and parts that can be read alone, one inside the other or not:
//   <div id="board" data-live-part="<address>" data-live-new>        all of it; read when a drawer that no part shows has changed
//   <article id="row-7" data-live-part="<address>" data-live-of="<drawers it shows>">
// A form in a part that was saved leaves [data-saved] in its place; with the new reading of the part that is gone, too.
// A part with data-live-clock is read every five seconds besides: what it shows depends on the time of day, and no drawer changes.
// The answer may be the part or a page with the part in it. The stream only says which drawers have changed, or nothing: everything.
// What is lost on the way is never needed: whoever comes (back) reads all. Where there is no stream, that is every five seconds.
import { arriveAt } from "./focus.js";
import { graft, isWrittenIn } from "./graft.js";
import { say } from "./say.js";

const TICK = 5000; // ms
const SILENT = 40000; // the stream says that it is there every 15 seconds
const HIDDEN = 60000; // a tab nobody looks at gives its connection back
const SAID_EVERY = 10000;
const TOLD_WITHIN = 500; // of what was saved here, where the stream is heard

const parts = (select = "") => [...document.querySelectorAll(`[data-live-part]${select}`)];

const outermost = (some) => some.filter((part) => !some.includes(part.parentElement.closest("[data-live-part]")));

function touched(drawers) {
  if (!drawers.length) return outermost(parts());
  const some = drawers.map((drawer) => parts(`[data-live-of~="${CSS.escape(drawer)}"]`));
  const shown = some.some((of) => !of.length) ? [...some.flat(), ...parts("[data-live-new]")] : some.flat();
  return outermost(shown.length ? [...new Set(shown)] : parts());
}

// Without what is new in every answer though nothing has changed: tokens.
function words(element) {
  const copy = element.cloneNode(true);
  for (const token of copy.querySelectorAll("input[type=hidden]")) token.remove();
  return `${element.dataset.liveOf ?? ""} ${element.dataset.liveClock ?? "-"} ${copy.innerHTML}`;
}

// A form or a link inside is being answered: its answer comes first. False: there was one, and what has been read may be older.
async function isQuiet(part) {
  let quiet = true;
  for (; part.querySelector(".htmx-request"); quiet = false) await new Promise((done) => { setTimeout(done, 50); });
  return quiet;
}

class Follower {
  reading = new Map(); // part → has it changed again meanwhile?
  known = new WeakMap(); // part → what was read last
  isBehind = false;
  seen = Date.now();
  shown = Date.now();
  saidAt = 0;

  constructor(board) {
    this.address = board.dataset.live;
    const status = (className) => {
      const line = board.insertAdjacentElement("beforebegin", document.createElement("p"));
      line.className = className;
      line.setAttribute("role", "status");
      return line;
    };
    this.line = status("live-line");
    this.voice = status("sr-only");
    for (const part of parts()) this.known.set(part, words(part));
  }

  follow() {
    this.stream?.close();
    this.seen = Date.now();
    this.stream = window.EventSource && new EventSource(this.address, { withCredentials: true });
    if (!this.stream) return;
    this.stream.addEventListener("here", () => this.sign());
    this.stream.addEventListener("changed", ({ data }) => {
      this.sign();
      this.read(touched(data.split(" ").filter(Boolean)));
    });
    this.stream.addEventListener("error", () => setTimeout(() => this.tick(), 300 + 700 * Math.random()));
  }

  sign() {
    this.seen = Date.now();
  }

  get isHeard() {
    return this.stream?.readyState === 1 && Date.now() - this.seen < SILENT;
  }

  // Whatever stopped us – no network, a proxy, sleep – shows here: the parts are read, and the stream is opened anew.
  tick() {
    if (document.hidden) {
      if (Date.now() - this.shown > HIDDEN) this.stream?.close();
      return;
    }
    this.shown = Date.now();
    if (this.isHeard && !this.isBehind) return void this.read(outermost(parts("[data-live-clock]")));
    if (!this.isHeard && this.stream?.readyState !== 0 || Date.now() - this.seen > SILENT) this.follow();
    this.read(touched([]));
  }

  wake() {
    this.shown = Date.now();
    if (!document.hidden) this.follow(); // its first word is: read everything
  }

  read(some) {
    return Promise.all(some.map((part) => this.readOne(part)));
  }

  async readOne(part) {
    if (this.reading.has(part)) return void this.reading.set(part, true);
    try {
      do {
        await isQuiet(part);
        this.reading.set(part, false);
        const fresh = await this.fetch(part);
        if (fresh === undefined) return;
        if (await isQuiet(part)) this.put(part, fresh);
        else this.reading.set(part, true);
      } while (this.reading.get(part) && part.isConnected);
      const instead = part.isConnected ? null : document.getElementById(part.id); // the answer to a form has taken its place
      if (instead?.dataset.livePart) await this.readOne(instead);
      this.isBehind = false;
      if (navigator.onLine) this.tell(""); // else it was under way when the network went
    } catch (problem) {
      this.isBehind = true;
      this.tell(problem.cause ?? say("away"));
    } finally {
      this.reading.delete(part);
    }
  }

  // The part as it reads now; null where there is nothing for this reader, undefined where the reader is to sign in first.
  async fetch(part) {
    const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
    const answer = await fetch(part.dataset.livePart, { headers, cache: "no-store", signal: AbortSignal.timeout(20000) });
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    if (answer.headers.has("HX-Redirect") || answer.status === 401) return this.signedOut(answer);
    const holder = document.createElement("template");
    holder.innerHTML = answer.ok && !answer.redirected ? await answer.text() : "";
    return holder.content.getElementById(part.id) ?? holder.content.firstElementChild;
  }

  put(part, fresh) {
    const now = fresh ? words(fresh) : "";
    const before = this.known.get(part);
    if (before === now || !part.isConnected) return;
    this.known.set(part, now);
    const saved = part.querySelector("[data-saved]");
    graft(part, fresh);
    if (saved && !saved.isConnected && document.activeElement === document.body) arriveAt(part); // not on with the next thing
    part.dispatchEvent(new CustomEvent("live:read", { bubbles: true }));
    if (before !== undefined && Date.now() - this.saidAt > SAID_EVERY) {
      this.saidAt = Date.now();
      this.voice.textContent = say("refreshed");
      setTimeout(() => { this.voice.textContent = ""; }, 3000);
    }
  }

  // What was saved here is told to this page as to all others, and else it is asked for.
  async saved(line) {
    const part = line.closest("[data-live-part]");
    this.known.delete(part); // as it stands now, with that line in it, nobody has read it
    if (this.isHeard) await new Promise((done) => { setTimeout(done, TOLD_WITHIN); });
    if (line.isConnected) await this.readOne(part);
  }

  // Nothing that is written is left behind: then the page stays, and says so.
  signedOut(answer) {
    this.stream?.close();
    if ([...document.forms].some(isWrittenIn)) throw new Error("signed out", { cause: say("signedOut") });
    location.assign(answer.headers.get("HX-Redirect") ?? location.href);
  }

  tell(text) {
    if (this.line.textContent !== text) this.line.textContent = text;
  }
}

export function followLive(root) {
  const board = root.querySelector("[data-live]");
  if (!board) return;
  const follower = new Follower(board);
  follower.follow();
  setInterval(() => follower.tick(), TICK);
  root.addEventListener("htmx:load", ({ target }) => target.matches("[data-saved]") && follower.saved(target));
  root.addEventListener("visibilitychange", () => follower.wake());
  window.addEventListener("pageshow", ({ persisted }) => persisted && follower.wake());
  window.addEventListener("pagehide", () => follower.stream?.close());
  window.addEventListener("online", () => follower.wake());
  window.addEventListener("offline", () => follower.tell(say("away")));
}
