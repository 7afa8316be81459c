// The script of all explorers, with that of designs of comparison, as designs/ words
// them. `python bundle.py` makes bundles/design-explorer.js of it.

import { explorersOf } from "./common/explorers.js";
import { design } from "./designs/kind.js";
import { indicators } from "./numbers/kind.js";
import { table } from "./rows/kind.js";
import { texts } from "./texts/kind.js";

export default explorersOf({ indicators, texts, table, design });
