// Draws the explorers: in a notebook as an anywidget, on a published page by waking up the HTML form that stands there.
// Rows, order and wording are those of explorers.py, which writes the same tables for pages without JavaScript.

// ---------- small tools

function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "style") node.style.cssText = value;
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat(3).filter((child) => child !== ""));
  return node;
}

const listOf = (items) => items.slice(0, -1).join(", ") + (items.length > 1 ? " and " : "") + (items.at(-1) ?? "");
const FEW = 12; // names in a sentence, as text.py has it
const some = (items) => (items.length <= FEW ? listOf(items) : `${fmt(items.length)} cities`);
const unique = (items) => [...new Set(items)];
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// Chinese characters carry their language.
const CHINESE = /([\u3400-\u9fff\uff00-\uffef（）]*[\u3400-\u9fff][\u3400-\u9fff\uff00-\uffef（）]*)/;
const marked = (text) => text.split(CHINESE).map((part, i) => (i % 2 ? h("span", { lang: "zh-Hans" }, part) : part));

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/; // letters of Hebrew, Arabic and their kin, as text.py has it

const formats = {};
function digits(number, least, most = least) {
  formats[[least, most]] ??= new Intl.NumberFormat("en-US", { minimumFractionDigits: least, maximumFractionDigits: most });
  return formats[[least, most]].format(String(number)); // a string is rounded as the decimal number that it shows
}

function fmt(number, decimals = 0) {
  for (const [size, word] of [[1e9, "billion"], [1e6, "million"]])
    if (Math.abs(number) >= Math.max(size, 5e7)) return `${digits(number / size, 0, 3)} ${word}`;
  return digits(number, decimals);
}

const fine = (number, decimals) => (number === 0 ? decimals : Math.min(20, Math.max(decimals, 1 - number.toExponential().split("e")[1])));

function written(row) {
  const shown = row.pattern.replace("{}", () => fmt(row.value, row.decimals)).replace("{s}", row.value === 1 ? "" : "s");
  return row.qualifier ? `${row.qualifier} ${shown}` : shown;
}

const FIT = 7; // columns side by side, as tables.py has it

function bookTable(id, caption, columns, records, notes = [], ids = []) {
  const head = columns.map((c) => h("th", { scope: "col", role: "columnheader" }, c));
  const body = records.map(([first, ...cells], n) => h("tr", { id: ids[n] ?? false, role: "row" }, h("th", { scope: "row", role: "rowheader" }, first),
    cells.map((cell, i) => h("td", { role: "cell", "data-label": columns[i + 1] }, h("div", {}, cell)))));
  const table = h("table", { role: "table" }, h("caption", {}, caption), h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)), h("tbody", { role: "rowgroup" }, body));
  return h("div", { class: "book-table", id }, columns.length > FIT ? h("div", { class: "wide", role: "region", tabindex: 0, "aria-label": table.caption.textContent }, table) : table, // more columns scroll, by keyboard too
  notes.length ? h("ul", { class: "table-notes" }, notes.map((n) => h("li", {}, n))) : "");
}

const missing = (words) => h("span", { class: "missing" }, words);
const nothing = (words) => h("p", { class: "missing" }, words);
const NOBODY = () => nothing("No city is picked.");
const NO_MATCH = "Nothing matches these picks.";

// ---------- indicators: the rows

function rowsOf(data, key) {
  data.cache ??= {};
  return (data.cache[key] ??= readRows(data, data.indicators.find((i) => i.key === key)));
}

function readRows(data, info, rows = info.rows) {
  return rows.map(([place, value, period, detail, origin, cited, note, flag, qualifier, more, claim]) => {
    const [words, start, end] = data.periods[period ?? 0];
    const text = (n) => data.texts[n ?? 0];
    return { key: info.key, label: info.label, place: data.places[place], city: data.names[place], value, period: words, start, end, detail: detail || digits(value, info.decimals + (more ?? 0)), origin: text(origin),
      cited: text(cited), note: text(note), flag: text(flag), claim: text(claim), qualifier: text(qualifier), decimals: info.decimals + (more ?? 0), pattern: info.pattern };
  });
}

function byPlace(data, key) {
  data.places_of ??= {};
  return (data.places_of[key] ??= grouped(rowsOf(data, key), (r) => r));
}

function grouped(rows, part) {
  const groups = new Map();
  for (const row of rows) groups.has(row.place) ? groups.get(row.place).push(part(row)) : groups.set(row.place, [part(row)]);
  return groups;
}

// What was added to the report's rows names its source where theirs name a table or section.
const added = (row) => !/^(Table|Section) \d/.test(row.origin);

// Of several denominators, the one whose period ends nearest to the numerator's; the last one if undated. The report's own go with each other.
function nearest(candidates, row) {
  if (!added(row) && !candidates.every(added)) candidates = candidates.filter((c) => !added(c));
  const dated = candidates.filter((c) => c.end);
  if (!row.end || !dated.length) return candidates.at(-1);
  const distance = (c) => Math.abs(new Date(c.end) - new Date(row.end));
  return dated.reduce((best, c) => (distance(c) < distance(best) ? c : best));
}

function related(data, info, relation) {
  if (relation === "absolute") return { ...info, rows: rowsOf(data, info.key) };
  const [label, pattern, denominator, where, factor, decimals] = data.relations[relation];
  const unit = pattern.replace("{unit}", () => info.pattern);
  const below = byPlace(data, denominator || info.key);
  const rows = [];
  for (const top of rowsOf(data, info.key)) {
    const candidates = below.get(where ? data.country[top.place] : top.place);
    if (!candidates || !data.country[top.place]) continue;
    const bottom = nearest(candidates, top);
    if (bottom.value !== 0) rows.push(ratio(data, top, bottom, factor, unit, decimals));
  }
  return { ...info, label: `${info.label}, ${label}`, pattern: unit, computed: true, rows };
}

function ratio(data, top, bottom, factor, pattern, decimals) {
  const value = (top.value / bottom.value) * factor;
  const mixed = top.end && bottom.end && top.end.slice(0, 4) !== bottom.end.slice(0, 4);
  const letters = top.flag + bottom.flag + (mixed ? "d" : "");
  const notes = [top, bottom].filter((p) => p.flag && p.note).map((p) => p.note);
  if (mixed) notes.push(`Divides a figure of ${top.period} by one of ${bottom.period}.`);
  const input = (p, of) => `${p.label}${of}, ${p.period}: ${written(p)}`;
  const of = bottom.place === top.place ? "" : " of the country";
  const kind = (origin) => (added({ origin }) ? 2 : origin[0] === "S" ? 1 : 0);
  const origins = unique([top.origin, bottom.origin]).sort((a, b) => kind(a) - kind(b) || (kind(a) < 2 ? compare(a, b) : 0));
  return { ...top, value, pattern, decimals: fine(value, decimals), period: unique([top.period, bottom.period]).join(" ÷ "), cited: "",
    detail: `${input(top, "")} ÷ ${input(bottom, of)}${factor === 1 ? "" : ` × ${fmt(factor)}`}`, origin: listOf(origins),
    flag: [..."ubde"].find((letter) => letters.includes(letter)) ?? "", note: notes.join(" "), claim: [top, bottom].find((p) => p.flag)?.claim ?? "",
    qualifier: top.qualifier || (bottom.qualifier ? "about" : "") };
}

// The year of a row's period: that of its last day, or of its first where it is open.
const yearOf = (row) => (row.end || row.start).slice(0, 4);

// The periods that can be picked for an indicator: all, the latest if a city has several, and each year.
function periodsOf(data, key) {
  data.periods_of ??= {};
  return (data.periods_of[key] ??= (() => {
    const cities = [...byPlace(data, key)].filter(([place]) => data.country[place]).map(([, rows]) => rows);
    return ["all", ...(cities.some((rows) => rows.length > 1) ? ["latest"] : []), ...unique(cities.flat().map(yearOf)).filter(Boolean).sort()];
  })());
}

// Whether a row is of the period picked; rows of a place follow each other.
const ofPeriod = (period) => (row, n, rows) => (period === "all" ? true : period === "latest" ? rows[n + 1]?.place !== row.place : yearOf(row) === period);

function pickedRows(data, picks) {
  const picked = new Set(picks.cities);
  const info = related(data, data.indicators.find((i) => i.key === picks.indicator), picks.relate);
  const rows = info.rows.filter((r) => picked.has(r.place)).filter(ofPeriod(picks.period));
  if (picks.sort === "value") rows.sort((a, b) => b.value - a.value);
  if (picks.sort === "name") rows.sort((a, b) => compare(a.city, b.city));
  const found = new Set(rows.map((r) => r.place));
  const reported = picks.period === "all" ? new Map() : byPlace(data, picks.indicator);
  const absent = picks.cities.filter((place) => !found.has(place)).map((place) => [nameOf(data, place), reported.has(place) ? `none of ${picks.period}` : "not reported"]);
  if (picks.sort === "name") absent.sort(([a], [b]) => compare(a, b));
  return { info, rows, absent };
}

const numberOf = (data, place) => (data.numbers ??= new Map(data.places.map((key, n) => [key, n]))).get(place);
const nameOf = (data, place) => data.names[numberOf(data, place)];
const colourOf = (data, place) => data.colours[numberOf(data, place)];

// ---------- indicators: the views

function bar(value, low, high, colour) {
  const span = high - low || 1;
  return [(Math.min(value, 0) - low) / span, Math.abs(value) / span].map((part) => (part * 100).toFixed(2)).concat(colour);
}

function barCell(data, row, low, high) {
  const [from, size, colour] = bar(row.value, low, high, colourOf(data, row.place));
  return h("span", { class: "bar" }, h("i", { style: `margin-inline-start:${from}%;inline-size:${size}%;background:${colour}` }));
}

function flagCell(data, row, folded) {
  if (!row.flag && !row.note) return "none";
  const words = row.flag ? `${row.flag}: ${data.flags[row.flag]}` : "note";
  if (folded && row.note) return h("details", { class: "flag" }, h("summary", {}, words), marked(row.note), inLedger(data, row));
  return [marked([row.flag ? words : "", row.note].filter(Boolean).join(". ")), inLedger(data, row)];
}

// On a page of the book a flag leads to the claim that is about it.
const inLedger = (data, row) => (data.page && row.claim ? [" ", h("a", { href: `${data.ledger}-${row.claim}` }, "See the ledger.")] : []);

// On a page of the book the place of a value is a link to its table or chapter.
function places(data, text) {
  if (!data.page) return text;
  return text.split(/((?:Table|Section) [\d.]+)/).map((part) => (data.where[part] ? h("a", { href: data.where[part] }, part) : part));
}

function minds(data, info, rows) {
  const lines = [];
  const periods = new Map([...grouped(rows, (r) => r.period)].map(([place, all]) => [place, unique(all)]));
  const differ = new Set([...periods.values()].map(String)).size > 1;
  const inOrder = data.places.filter((p) => periods.has(p));
  if (differ)
    lines.push(inOrder.length <= FEW ? `The periods differ: ${listOf(inOrder.map((p) => `${nameOf(data, p)} ${periods.get(p).join(" and ")}`))}.`
      : "The periods differ from city to city: each row has its own.");
  for (const [letter, label] of Object.entries(data.flags)) {
    const found = unique(rows.filter((r) => r.flag === letter).map((r) => r.city));
    if (found.length) lines.push(`${letter}, ${label}: ${some(found)}.`);
  }
  lines.push(`${info.definition} ${info.mind}`);
  return [lines, rows.length ? (differ ? "periods differ" : listOf(periods.values().next().value)) : ""];
}

// A table of more rows or columns than these is drawn in part, with a button for the rest: a pick stays quick with hundreds of cities.
const ROWS = 50, COLUMNS = 6, CELLS = 400;

function indicatorView(data, picks, whole) {
  if (picks.view === "profile") return profileView(data, picks, whole);
  const { info, rows, absent } = pickedRows(data, picks);
  const bars = picks.view === "bars";
  const [lines, when] = minds(data, info, rows);
  const values = [0, ...rows.map((r) => r.value)];
  const low = Math.min(...values), high = Math.max(...values);
  const caption = when ? `${info.label}, ${when}` : info.label;
  const columns = bars ? ["City", "Value", "Period", "Flag and note"]
    : ["City", "Value", info.computed ? "Computed from" : "As printed", "Period", "Where it stands", "Flag and note"];
  const shown = whole ? rows : rows.slice(0, ROWS);
  const records = shown.map((r) => bars
    ? [r.city, [barCell(data, r, low, high), written(r), info.computed ? [h("br"), h("small", {}, r.detail)] : ""], r.period, flagCell(data, r, true)]
    : [r.city, written(r), marked(r.detail), r.period, [places(data, r.origin), r.cited ? `; ${r.cited}` : ""], flagCell(data, r)]);
  for (const [city, why] of whole ? absent : absent.slice(0, ROWS - shown.length)) records.push([city, missing(why), ...columns.slice(2).map(() => "–")]);
  const table = records.length ? bookTable(`${data.id}-table`, caption, columns, records) : NOBODY();
  const left = rows.length + absent.length - records.length;
  return { caption, left: left && `${records.length} of ${fmt(rows.length + absent.length)} rows are shown`, node: [h("ul", { class: "mind" }, lines.map((line) => h("li", {}, line))), table], csv: () => indicatorCsv(data, [[info, rows, absent]]),
    name: picks.indicator, picture: bars && rows.length ? () => picture(data, caption, rows, absent, lines) : null };
}

function profileView(data, picks, whole) {
  if (!picks.cities.length) return { caption: "No city is picked", node: [NOBODY()], csv: () => indicatorCsv(data, []), name: "profile" };
  const all = data.choices.indicator.map(([key]) => data.indicators.find((i) => i.key === key));
  const few = whole || picks.cities.length <= COLUMNS ? picks.cities.length : Math.max(2, Math.min(COLUMNS, Math.floor(CELLS / all.length)));
  const first = picks.cities[0], cities = picks.cities.slice(0, few);
  const wanted = new Set(cities.map((place) => numberOf(data, place)));
  const records = all.map((info) => {
    const found = grouped(readRows(data, info, info.rows.filter(([place]) => wanted.has(place))), (r) => r); // of hundreds of cities only those shown
    const base = found.get(first)?.at(-1).value;
    return [info.label, ...cities.map((place) => {
      const r = found.get(place)?.at(-1);
      if (!r) return missing("not reported");
      const times = r.value / base;
      const share = place !== first && base && r.value ? [h("br"), h("small", {}, `${fmt(times, fine(times, 2))} × ${nameOf(data, first)}`)] : "";
      const words = r.flag ? `: ${data.flags[r.flag]}` : "";
      const mark = r.flag || r.note ? [" ", h("details", { class: "flag" }, h("summary", {}, r.flag || "note", h("span", { class: "sr-only" }, words)), marked(r.note), inLedger(data, r))] : "";
      return [written(r), mark, h("br"), h("small", {}, r.period), share];
    })];
  });
  const caption = `Latest value of each indicator, with the ratio to ${nameOf(data, first)}`;
  const note = "A letter at a value is a flag: open it for the reason. Each value has its own period; a ratio of values with unlike periods or definitions is rough.";
  const table = bookTable(`${data.id}-table`, caption, ["Indicator", ...cities.map((p) => nameOf(data, p))], records, [note]);
  const parts = () => all.map((info) => { const p = pickedRows(data, { ...picks, indicator: info.key, relate: "absolute", period: "all", sort: "report" }); return [p.info, p.rows, p.absent]; });
  const left = picks.cities.length - cities.length;
  return { caption, left: left && `${cities.length} of ${fmt(picks.cities.length)} cities are shown`, node: [table], csv: () => indicatorCsv(data, parts()), name: "profile" };
}

function indicatorCsv(data, parts) {
  const rows = [["city", "indicator", "value", "written", "period", "printed", "computed_from", "stands_in", "cited", "flag", "flag_meaning", "note", "mind"]];
  for (const [info, found, absent] of parts) {
    for (const r of found)
      rows.push([r.city, info.label, r.value, written(r), r.period, info.computed ? "" : r.detail, info.computed ? r.detail : "", r.origin, r.cited, r.flag, data.flags[r.flag] ?? "", r.note, info.mind]);
    for (const [city, why] of absent) rows.push([city, info.label, "", why, "", "", "", "", "", "", "", "", info.mind]);
  }
  return rows;
}

// ---------- texts

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean);
const holds = (texts, words) => { const all = fold(texts.join(" ")); return words.every((w) => all.includes(w)); };

function textView(data, picks) {
  const words = wordsOf(picks.words);
  const from = picks.from ? Number(picks.from) : -Infinity, to = picks.to ? Number(picks.to) : Infinity;
  const dated = picks.from || picks.to;
  const asked = data.entries.map(([kind, field, cities, name, local, language, when, spans, where, lines, flag, note, claim]) => ({ kind, field, cities, name, local, language, when, spans, where, lines, flag, note, claim }))
    .filter((e) => picks.kinds.includes(e.kind) && picks.fields.includes(e.field) && e.cities.some((c) => picks.cities.includes(c)) && holds([e.name, e.local, ...e.lines, e.note], words));
  const undated = dated ? asked.filter((e) => !e.spans.length).length : 0;
  const shown = dated ? asked.filter((e) => e.spans.some(([a, b]) => (a ?? -Infinity) <= to && (b ?? Infinity) >= from)) : asked;
  const names = Object.fromEntries(data.choices.cities), fields = Object.fromEntries(data.choices.fields), kinds = Object.fromEntries(data.choices.kinds);
  const records = [];
  const csv = [["policy_field", "kind", "city", "name", "local_name", "language", "time", "stands_in", "text", "flag", "flag_meaning", "note"]];
  for (const field of picks.fields)
    for (const kind of picks.kinds) {
      const here = shown.filter((e) => e.field === field && e.kind === kind);
      if (!here.length) continue;
      records.push([[fields[field], h("br"), h("small", {}, kinds[kind])], ...picks.cities.map((city) => {
        const mine = here.filter((e) => e.cities.includes(city));
        for (const e of mine) csv.push([fields[field], kinds[kind], names[city], e.name, e.local, e.language, e.when, e.where, e.lines.join(" "), e.flag, data.flags[e.flag] ?? "", e.note]);
        return mine.length > 1 ? h("ul", {}, mine.map((e) => h("li", {}, entry(data, e)))) : mine.length ? entry(data, mine[0]) : missing("none named");
      })]);
    }
  const caption = [`${shown.length} ${shown.length === 1 ? "entry" : "entries"}`, ...(picks.words.trim() ? [`with “${picks.words.trim()}”`] : []),
    ...(dated ? [`of the years ${picks.from || "…"} to ${picks.to || "…"}`] : [])].join(" ");
  const lines = undated ? [`${undated} without a year ${undated === 1 ? "is" : "are"} left out, as a year is asked for.`] : [];
  const table = records.length ? bookTable(`${data.id}-table`, caption, ["Policy field", ...picks.cities.map((c) => names[c])], records, data.notes)
    : picks.cities.length ? nothing(NO_MATCH) : NOBODY();
  return { caption: records.length ? caption : "Nothing matches", node: [h("ul", { class: "mind" }, lines.map((l) => h("li", {}, l))), table], csv: () => csv, name: "texts" };
}

function entry(data, e) {
  const local = e.local ? [" (", e.language ? h("span", { lang: e.language, dir: RIGHT_TO_LEFT.test(e.local) && "rtl" }, e.local) : e.local, ")"] : "";
  const facts = [e.when, e.where].filter(Boolean).join(" · ");
  return [h("b", {}, marked(e.name)), local, h("br"), h("small", {}, places(data, facts)), e.lines.map((line) => [h("br"), marked(line)]), e.flag || e.note ? [" ", flagCell(data, e, true)] : ""];
}

// ---------- tables of rows

// A cell is a text or a list of parts, each a text or [text, address]. Only an address within the book is a link, and only on a page of it.
const ADDRESS = /^(?=.)([\w-]+([./][\w-]+)*(\?[^\s#\\]*)?)?(#[^\s\\]*)?$/;
const partsOf = (cell) => [cell].flat().map((part) => [part].flat());
const plain = (cell) => partsOf(cell).map(([text]) => text).join("");
const linked = (data, cell) => partsOf(cell).map(([text, address]) => (data.page && ADDRESS.test(address ?? "") ? h("a", { href: address }, marked(text)) : marked(text)));

// A facet that a row lacks fits every pick.
const fits = (data, [, cells, tags], picks) => data.facets.every(([key], n) => !tags[n].length || [picks[key]].flat().some((pick) => tags[n].includes(pick)))
  && holds(cells.map(plain), wordsOf(picks.words ?? ""));

// Picks that hide nothing, as far as this row allows: where one value is picked and the first is not this row's, it is the row's own.
function widest(data, [, , tags]) {
  const picks = data.facets.map(([key, , kind], n) => {
    const options = data.choices[key].map(([option]) => option);
    return [key, kind === "several" ? options : !tags[n].length || tags[n].includes(options[0]) ? options[0] : tags[n][0]];
  });
  return { ...data.value, ...("words" in data.value && { words: "" }), ...Object.fromEntries(picks) };
}

function tableView(data, picks, whole) {
  const found = data.rows.filter((row) => fits(data, row, picks));
  const far = found.findIndex(([key]) => location.hash === `#${data.id}-${key}`) >= ROWS;
  const shown = whole || far ? found : found.slice(0, ROWS);
  const records = shown.map(([, cells]) => cells.map((cell) => linked(data, cell)));
  const table = shown.length ? bookTable(`${data.id}-table`, marked(data.caption), data.columns, records, data.notes.map(marked), shown.map(([key]) => `${data.id}-${key}`)) : nothing(NO_MATCH);
  return { caption: `${found.length} of ${data.rows.length} rows: ${data.caption}`, left: shown.length < found.length && `${shown.length} of ${fmt(found.length)} rows are shown`, node: [table],
    csv: () => [["key", ...data.columns], ...found.map(([key, cells]) => [key, ...cells.map(plain)])], name: "rows" };
}

// ---------- what can be taken away

// A cell that a spreadsheet would run as a formula gets an apostrophe.
const csvCell = (cell) => (typeof cell === "number" ? cell : `"${cell.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`);
const csvText = (rows) => "\ufeff" + rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";

function save(name, blob) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function wrapped(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && (lines.at(-1) + word).length > width) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines;
}

// The bars as a picture of its own: white ground, so that it stands in any document.
function picture(data, caption, rows, absent, lines) {
  const safe = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const text = (x, y, words, more = "") => `<text x="${x}" y="${y}"${more}>${safe(words)}</text>`;
  const values = [0, ...rows.map((r) => r.value)];
  const low = Math.min(...values), high = Math.max(...values), left = 150, wide = 330;
  const parts = wrapped(caption, 66).map((line, i) => text(16, 30 + 22 * i, line, ' font-weight="700" font-size="17"'));
  let y = 30 + 22 * parts.length;
  for (const r of rows) {
    const [from, size, colour] = bar(r.value, low, high, colourOf(data, r.place));
    parts.push(text(16, y + 15, r.city), `<rect x="${left + (from * wide) / 100}" y="${y}" width="${(size * wide) / 100}" height="20" fill="${colour}"/>`,
      text(left + wide + 10, y + 12, written(r) + (r.flag ? ` (${r.flag})` : "")), text(left + wide + 10, y + 27, r.period, ' font-size="11.500" fill="#555"'));
    y += 38;
  }
  for (const [city, why] of absent) { parts.push(text(16, y + 15, city), text(left, y + 15, why, ' font-style="italic"')); y += 38; }
  const origin = `Stands in: ${unique(rows.map((r) => r.origin)).join("; ")}.`;
  for (const line of [...lines, origin, ...data.cite].flatMap((l) => wrapped(l, 118))) { y += 15; parts.push(text(16, y, line, ' font-size="11.500" fill="#444"')); }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="${y + 18}" viewBox="0 0 760 ${y + 18}" font-family="Noto Sans, DejaVu Sans, Noto Sans CJK SC, sans-serif" font-size="14" fill="#111"><title>${safe(caption)}</title><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>`;
}

function savePng(name, svg) {
  const image = new Image();
  image.onload = () => {
    const canvas = h("canvas", { width: image.width * 2, height: image.height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(name, blob));
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
}

// ---------- the picks

// Picks of which every one exists; what does not exist is listed.
function clean(data, asked) {
  const picks = {}, unknown = [];
  for (const [key, normal] of Object.entries(data.value)) {
    const options = data.choices[key]?.map(([option]) => option), given = asked[key] ?? normal;
    if (Array.isArray(normal)) {
      const list = Array.isArray(given) ? given : normal, known = new Set(options), wanted = new Set(list);
      for (const pick of list) if (!known.has(pick)) unknown.push(pick);
      picks[key] = options.filter((option) => wanted.has(option));
      if (list.length && !picks[key].length) picks[key] = normal;
    } else if (options) {
      picks[key] = options.includes(given) ? given : normal;
      if (given !== picks[key]) unknown.push(given);
    } else picks[key] = /^(from|to)$/.test(key) && !/^\d{0,4}$/.test(given) ? "" : String(given).slice(0, 200);
  }
  for (const [key, options] of Object.entries(allowed(data, picks.indicator)))
    if (!options.includes(picks[key])) {
      if (asked[key] === picks[key]) unknown.push(picks[key]);
      picks[key] = options[0];
    }
  return [picks, unknown.map(String)];
}

// The relations and periods that an indicator has.
const allowed = (data, indicator) => (data.indicators ? { relate: ["absolute", ...data.indicators.find((i) => i.key === indicator).relate], period: periodsOf(data, indicator) } : {});

// ---------- the controls

// A name that no other control of the document has; a notebook may load this module once for each explorer.
const unlike = () => `explorer-${Math.random().toString(36).slice(2)}`;

function control(label, node, more = {}) {
  node.id = unlike();
  return h("div", { class: "control", ...more }, h("label", { for: node.id }, label), node);
}

function checkboxes(legend, options, { onpick, swatch, buttons = [] }) {
  const boxes = options.map(([key]) => h("input", { type: "checkbox", value: key, onchange: () => onpick(boxes.filter((b) => b.checked).map((b) => b.value)) }));
  const labels = options.map(([key, label], i) => h("label", {}, boxes[i], swatch ? h("i", { class: "swatch", style: `background:${swatch(key)}` }) : "", label));
  const quick = buttons.map(([words, keys]) => h("button", { type: "button", onclick: () => onpick(keys) }, words));
  const many = options.length > 16, list = h("div", { class: many ? "boxes many" : "boxes" }, many ? inParts(labels) : labels);
  const find = () => {
    const word = fold(field.value);
    list.replaceChildren(...inParts(labels.filter((label, i) => fold(options[i][1]).includes(word))));
  };
  const field = many ? h("input", { type: "search", "aria-label": `Find in ${legend}`, placeholder: "Find …", oninput: find }) : "";
  const node = h("fieldset", {}, h("legend", {}, legend), quick.length ? h("div", { class: "quick" }, quick) : "", field, list);
  return { node, show: (picked) => { const on = new Set(picked); boxes.forEach((b) => { b.checked = on.has(b.value); }); } };
}

// A long list in parts: the browser lays out and paints only those that are in view.
const PART = 40;
const inParts = (nodes) => Array.from({ length: Math.ceil(nodes.length / PART) }, (_, n) => h("div", { class: "part" }, nodes.slice(n * PART, (n + 1) * PART)));

function select(options, onpick) {
  const node = h("select", { onchange: () => onpick(node.value) });
  let last;
  const show = (value, list = options) => {
    const now = JSON.stringify(list);
    if (now !== last) {
      const groups = unique(list.map(([, , group]) => group));
      const items = (group) => list.filter((o) => o[2] === group).map(([key, label]) => h("option", { value: key }, label));
      node.replaceChildren(...groups.flatMap((group) => (group ? h("optgroup", { label: group }, items(group)) : items(group))));
      last = now;
    }
    node.value = value;
  };
  return { node, show };
}

function radios(legend, options, onpick) {
  const group = unlike();
  const boxes = options.map(([key]) => h("input", { type: "radio", name: group, value: key, onchange: () => onpick(key) }));
  return { node: h("fieldset", {}, h("legend", {}, legend), h("div", { class: "boxes" }, options.map(([, label], i) => h("label", {}, boxes[i], label)))),
    show: (value) => boxes.forEach((b) => { b.checked = b.value === value; }) };
}

function indicatorControls(data, set, say) {
  const group = Object.fromEntries(data.indicators.map((i) => [i.key, i.group]));
  const options = data.choices.indicator.map(([key, label]) => [key, label, group[key]]);
  const definition = Object.fromEntries(data.indicators.map((i) => [i.key, i.definition]));
  const labels = Object.fromEntries([...data.choices.relate, ...data.choices.period]);
  let matches = options, current;
  const find = h("input", { type: "search", placeholder: "Type a word",
    oninput: () => {
      const words = wordsOf(find.value);
      matches = options.filter(([key, label, section]) => holds([label, section, definition[key]], words));
      indicator.show(current, matches.some(([key]) => key === current) ? matches : [[current, labelOf(current)], ...matches]);
      say(matches.length ? `${matches.length} of ${options.length} indicators match. Enter picks the first.` : "No indicator matches.");
    },
    onkeydown: (event) => { if (event.key === "Enter" && matches.length) set({ indicator: matches[0][0] }); } });
  const labelOf = (key) => options.find((o) => o[0] === key)[1];
  const indicator = select(options, (key) => set({ indicator: key }));
  const relate = select([], (key) => set({ relate: key }));
  const period = select([], (key) => set({ period: key }));
  const sort = select(data.choices.sort, (key) => set({ sort: key }));
  const view = radios("View", data.choices.view, (key) => set({ view: key }));
  const boxes = { find: control("Find an indicator", find), indicator: control("Indicator", indicator.node), relate: control("Relate it", relate.node), period: control("Period", period.node), sort: control("Sort by", sort.node) };
  return { nodes: [options.length > 12 ? boxes.find : "", options.length > 1 ? boxes.indicator : "", boxes.relate, boxes.period, boxes.sort, view.node],
    show: (picks) => {
      const profile = picks.view === "profile", { relate: relations, period: periods } = allowed(data, picks.indicator);
      if (picks.indicator !== current) { current = picks.indicator; find.value = ""; matches = options; indicator.show(current); }
      relate.show(picks.relate, relations.map((key) => [key, labels[key]]));
      period.show(picks.period, periods.map((key) => [key, labels[key]]));
      sort.show(picks.sort);
      view.show(picks.view);
      boxes.find.hidden = boxes.indicator.hidden = boxes.sort.hidden = profile;
      boxes.relate.hidden = profile || relations.length < 2;
      boxes.period.hidden = profile || periods.length < 3; // with one year there is nothing to choose
    } };
}

// Facets are [key, label, kind]: "one" is a select, all others are checkboxes; what is typed is [key, label, attributes, class].
function facetControls(data, set, facets, typed) {
  const picked = facets.map(([key, label, kind]) => {
    const options = data.choices[key], onpick = (pick) => set({ [key]: pick });
    const { node, show } = kind === "one" ? select(options, onpick)
      : checkboxes(label, options, { onpick, buttons: kind ? [["All", options.map(([option]) => option)], ["None", []]] : [] });
    return { key, show, node: options.length < 2 ? "" : kind === "one" ? control(label, node) : node };
  });
  const asked = typed.map(([key, label, attributes, name = "control"]) => {
    const box = h("input", { ...attributes, oninput: () => set({ [key]: box.value }) });
    return { key, node: control(label, box, { class: name }), show: (text) => { if (box.value !== text) box.value = text; } };
  });
  const all = [...picked, ...asked];
  return { nodes: all.map(({ node }) => node), show: (picks) => all.forEach(({ key, show }) => show(picks[key])) };
}

const YEAR = { type: "number", min: 1, max: 9999 };
const textControls = (data, set) => facetControls(data, set, [["fields", "Policy fields"], ["kinds", "Show"]],
  [["words", "Words", { type: "search", placeholder: "English, Deutsch, 中文" }], ["from", "From year", YEAR, "control year"], ["to", "To year", YEAR, "control year"]]);
const tableControls = (data, set) => facetControls(data, set, data.facets, "words" in data.value ? [["words", "Words", { type: "search" }]] : []);

// ---------- drawing

const KINDS = { indicators: [indicatorView, indicatorControls], texts: [textView, textControls], table: [tableView, tableControls] };

function render({ model, el, page }) {
  const data = { ...model.get("data"), page };
  const [viewOf, controlsOf] = KINDS[data.kind];
  let view, shown = "";
  const status = h("p", { class: "status", role: "status" }), out = h("div", { class: "explorer-view", tabindex: -1 });
  const picks = () => clean(data, model.get("value"))[0];
  const set = (change) => {
    const next = { ...picks(), ...change };
    for (const [key, options] of Object.entries(allowed(data, next.indicator))) if (!options.includes(next[key])) next[key] = options[0];
    model.set("value", next);
    model.save_changes();
  };
  const say = (words) => { status.textContent = words; };
  const cities = data.choices.cities && checkboxes("Cities", data.choices.cities, { onpick: (list) => set({ cities: list }), swatch: data.colours && ((place) => colourOf(data, place)),
    buttons: [["All", data.choices.cities.map(([key]) => key)], ...(data.countries.length > 1 ? data.countries : []), ["None", []]] });
  const own = controlsOf(data, set, say);

  const copied = h("input", { readonly: true, "aria-label": "Copied text" });
  copied.hidden = true;
  const copy = async (what, text) => {
    copied.value = text;
    copied.hidden = false;
    copied.select();
    try { await navigator.clipboard.writeText(text); say(`${what} copied.`); } catch { say(`${what}: select the text and copy it.`); }
  };
  const button = (words, onclick) => h("button", { type: "button", onclick }, words);
  const fileName = () => `${data.id}-${view.name}`;
  const citation = () => [data.cite[0], page ? `“${view.caption}”, ${page.link(picks())}, seen on ${new Date().toISOString().slice(0, 10)}.` : `“${view.caption}”.`, data.cite[1]].join(" ");
  const pictures = [button("Picture, SVG", () => save(`${fileName()}.svg`, new Blob([view.picture()], { type: "image/svg+xml" }))), button("Picture, PNG", () => savePng(`${fileName()}.png`, view.picture()))];
  const take = h("div", { class: "take" }, page ? button("Copy link", () => copy("Link", page.link(picks()))) : "", button("Copy citation", () => copy("Citation", citation())),
    button("Data, CSV", () => save(`${fileName()}.csv`, new Blob([csvText(view.csv())], { type: "text/csv" }))), pictures, copied);

  const draw = (whole) => {
    const now = picks();
    cities?.show(now.cities);
    own.show(now);
    view = viewOf(data, now, whole === true);
    out.replaceChildren(...view.node, view.left ? h("p", {}, `${view.left}. `, button("Show all", () => { draw(true); out.focus(); })) : "");
    for (const b of pictures) b.hidden = !view.picture;
    if (shown) { copied.hidden = true; say(`Shown: ${view.caption}.`); }
    shown = view.caption;
  };
  el.classList.add("explorer", "awake");
  el.replaceChildren(h("div", { class: "controls" }, cities?.node ?? "", own.nodes), status, out, take);
  draw();
  if (page?.notice) say(page.notice);
  model.on("change:value", draw);
  return () => model.off?.("change:value", draw);
}

// ---------- on a published page

const memory = { get: () => { try { return JSON.parse(localStorage.getItem("cities")); } catch { return null; } },
  set: (list) => { try { localStorage.setItem("cities", JSON.stringify(list)); } catch { /* private window: not remembered */ } } };

// Servers take no long address: of many names a link tells those that are left out, as in all,-berlin,-cologne.
const MANY = 40;

function inLink(options, picks) {
  if (picks.length <= MANY || picks.length <= options.length / 2) return picks.join(",");
  const on = new Set(picks);
  return ["all", ...options.filter(([key]) => !on.has(key)).map(([key]) => `-${key}`)].join(",");
}

function fromLink(options, given) {
  const names = given.split(",").filter(Boolean);
  if (names[0] !== "all") return names;
  const left = new Set(names.slice(1)), known = new Set(options.map(([key]) => `-${key}`));
  return [...options.map(([key]) => key).filter((key) => !left.has(`-${key}`)), ...[...left].filter((name) => !known.has(name))];
}

const models = [];

function wake() {
  for (const el of document.querySelectorAll(".explorer:not(.awake)")) {
    const data = JSON.parse(el.querySelector("script").textContent);
    const address = new URLSearchParams(location.search);
    const asked = {};
    for (const [key, normal] of Object.entries(data.value)) {
      const given = address.get(`${data.id}.${key}`);
      if (given !== null) asked[key] = Array.isArray(normal) ? fromLink(data.choices[key], given) : given;
    }
    const kept = data.choices.cities && memory.get();
    const wanted = new Set(Array.isArray(kept) ? kept : []), known = (data.choices.cities ?? []).map(([key]) => key).filter((key) => wanted.has(key));
    const [value, unknown] = clean(data, { ...(known.length ? { cities: known } : {}), ...asked });
    const names = unique(unknown).slice(0, 5).map((pick) => `“${pick.slice(0, 40)}”`);
    const notice = names.length ? `This link asks for ${listOf(names)}, which this explorer does not have. The rest of the choice is shown.` : "";
    const link = (picks, hash = data.id) => {
      const url = new URL(location.href);
      for (const [key, pick] of Object.entries(picks)) url.searchParams.set(`${data.id}.${key}`, Array.isArray(pick) ? inLink(data.choices[key], pick) : pick);
      url.hash = hash;
      return url.href.replaceAll("%2C", ",");
    };
    // The address is written a moment after the pick is painted: writing it takes longer than drawing. A link followed in that moment keeps its place.
    let later, before;
    const write = () => { try { history.replaceState(null, "", link(state.value, location.hash === before ? data.id : location.hash)); } catch { /* some browsers refuse it for files */ } };
    addEventListener("pagehide", () => { if (later) write(); });
    // A row that the address names is shown, whatever the picks.
    const named = () => data.rows?.find(([key]) => location.hash === `#${data.id}-${key}`);
    const wide = (picks) => { const row = named(); return row && !fits(data, row, picks) ? widest(data, row) : picks; };
    const mark = () => {
      el.querySelector("tr.target")?.classList.remove("target");
      const row = named() && document.getElementById(location.hash.slice(1));
      if (!row) return;
      row.classList.add("target");
      row.tabIndex = -1;
      row.focus({ preventScroll: true }); // the next Tab goes on from here
      row.scrollIntoView({ block: "center", behavior: "instant" });
    };
    addEventListener("hashchange", () => {
      if (named()) model.show(wide(state.value));
      mark();
    });
    const handlers = [];
    const state = { data, value: wide(value) };
    const model = { get: (key) => state[key], save_changes() {}, on: (event, handler) => handlers.push(handler),
      show: (picks) => { state.value = picks; handlers.forEach((handler) => handler()); },
      set: (key, picks) => {
        const others = String(picks.cities) === String(state.value.cities) ? [] : models.filter((other) => other !== model && other.get("value").cities);
        if (picks.cities?.length) memory.set(picks.cities);
        model.show(picks);
        for (const other of others) other.show({ ...other.get("value"), cities: picks.cities });
        clearTimeout(later);
        before = location.hash;
        later = setTimeout(() => { later = null; write(); }, 300);
      } };
    models.push(el.explorer = model);
    render({ model, el, page: { link, notice } });
    mark();
  }
}

export default { render, wake };
