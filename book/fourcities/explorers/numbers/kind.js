// The explorer of indicators.

import { indicatorControls } from "./controls.js";
import { allowed } from "./periods.js";
import { indicatorView } from "./view.js";

/** @import { Kind } from "../common/types.js" */
/** @import { IndicatorData, IndicatorPicks } from "./types.js" */

/** @type {Kind<IndicatorData, IndicatorPicks>} */
export const indicators = {
  view: indicatorView,
  controls: indicatorControls,
  allowed,
};
