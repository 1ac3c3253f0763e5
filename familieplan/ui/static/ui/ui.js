// Everything works without this file; with it, nothing typed is lost and pages change in place.
import { keepDrafts } from "./drafts.js";
import { keepTrying } from "./retry.js";
import { answerWho } from "./who.js";
import { followFocus } from "./focus.js";

keepDrafts(document);
keepTrying(document);
answerWho(document);
followFocus(document);
