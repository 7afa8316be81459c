// The explorer of a table's rows.

import { tableControls } from "./controls.js";
import { complete, names, revealing } from "./rows.js";
import { tableView } from "./view.js";

/** @import { Kind } from "../common/types.js" */
/** @import { TableData, TablePicks } from "./types.js" */

/** @type {Kind<TableData, TablePicks>} */
export const table = {
  complete,
  view: tableView,
  controls: tableControls,
  names,
  revealing,
};
