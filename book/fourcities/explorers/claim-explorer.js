// The script of the page with the ledger: in its table a reader may judge each row.
// `python bundle.py` makes bundles/claim-explorer.js of it.

import { explorersOf } from "./common/explorers.js";
import { indicators } from "./numbers/kind.js";
import { judgedTable } from "./rows/judging.js";
import { texts } from "./texts/kind.js";

export default explorersOf({ indicators, texts, table: judgedTable });
