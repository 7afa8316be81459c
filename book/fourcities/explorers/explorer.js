// The script of the explorers of indicators, texts and rows. Rows, order and wording
// are those of the Python beside it, which writes the same tables for pages without JavaScript.
// `python bundle.py` makes bundles/explorer.js of it.

import { explorersOf } from "./common/explorers.js";
import { indicators } from "./numbers/kind.js";
import { table } from "./rows/kind.js";
import { texts } from "./texts/kind.js";

export default explorersOf({ indicators, texts, table });
