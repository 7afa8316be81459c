// The explorer of texts.

import { textControls } from "./controls.js";
import { textView } from "./view.js";

/** @import { Kind } from "../common/types.js" */
/** @import { TextData, TextPicks } from "./types.js" */

/** @type {Kind<TextData, TextPicks>} */
export const texts = { view: textView, controls: textControls };
