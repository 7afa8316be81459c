// Designs of comparison.

import { designControls } from "./controls.js";
import { designView } from "./view.js";

/** @import { Kind } from "../common/types.js" */
/** @import { DesignData, DesignPicks } from "./types.js" */

/** @type {Kind<DesignData, DesignPicks>} */
export const design = { view: designView, controls: designControls };
