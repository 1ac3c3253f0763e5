// Everything works without this file; with it, nothing typed is lost and pages change in place.
import { keepDrafts } from "./drafts.js";
import { followFocus } from "./focus.js";
import { changeInPlace } from "./inplace.js";
import { followLive } from "./live.js";
import { keepTrying } from "./retry.js";
import { answerWho, sayKind } from "./who.js";

for (const help of [keepDrafts, keepTrying, changeInPlace, answerWho, sayKind, followFocus, followLive]) help(document);
