// The explorer of a table's rows.

import { tableControls } from "./controls.js";
import { names, revealing } from "./rows.js";
import { tableView } from "./view.js";

/** @import { Kind } from "../common/types.js" */
/** @import { TableData, TablePicks } from "./types.js" */

/** @type {Kind<TableData, TablePicks>} */
export const table = { view: tableView, controls: tableControls, names, revealing };
