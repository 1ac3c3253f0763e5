// For a page that is only looked at (the wall): it follows, and nothing else.
import { followLive } from "./live.js";

followLive(document);
