
// ---------- designs of comparison, as designs.py words them

const UNSTATED = "not stated", MOST = 40; // MOST: cities that are compared pair by pair, as designs.py has it

// The matrix of the picks: rows of [dimension, codes, codes of the report], the outcome last.
function matrixOf(data, picks) {
  const at = picks.cities.map((city) => data.choices.cities.findIndex(([key]) => key === city));
  const changes = {};
  for (const key of picks.recode) {
    const [city, dimension] = key.split(".");
    changes[`${city}.${dimension}`] ??= data.choices.recode.find(([option]) => option === key)[1];
  }
  const conditions = data.choices.conditions.map(([key]) => key).filter((key) => picks.conditions.includes(key) && key !== picks.outcome);
  return [...conditions, picks.outcome].map((dimension) => {
    const before = at.map((i) => data.codes[dimension][i][0]);
    return [dimension, picks.cities.map((city, i) => changes[`${city}.${dimension}`] ?? before[i]), before];
  });
}

// Each pair of cities: which of the rows they share, in which they differ; whether the outcomes are alike (null if one is not stated).
function pairsOf(rows) {
  const conditions = rows.slice(0, -1), result = rows.at(-1)[1], pairs = [];
  for (let one = 0; one < result.length; one++)
    for (let other = one + 1; other < result.length; other++) {
      const stated = conditions.filter(([, codes]) => codes[one] !== UNSTATED && codes[other] !== UNSTATED);
      pairs.push({ one, other, shared: stated.filter(([, c]) => c[one] === c[other]).map(([d]) => d), different: stated.filter(([, c]) => c[one] !== c[other]).map(([d]) => d),
        alike: [result[one], result[other]].includes(UNSTATED) ? null : result[one] === result[other] });
    }
  return pairs;
}

function covarying(rows) {
  const pairs = pairsOf(rows);
  if (!pairs.length || pairs.some((p) => p.alike === null) || pairs.every((p) => p.alike)) return [];
  return rows.slice(0, -1).map(([d]) => d).filter((d) => pairs.every((p) => (p.alike ? p.shared : p.different).includes(d)));
}

function findingsOf(data, picks, rows) {
  const labels = Object.fromEntries(data.choices.conditions), names = picks.cities.map((city) => data.choices.cities.find(([key]) => key === city)[1]);
  const named = (items) => listOf(items.map((d) => labels[d])), who = (cases) => some(cases.map((i) => names[i]));
  const conditions = rows.slice(0, -1), result = rows.at(-1)[1], lines = [];
  if (!conditions.length || result.length < 2) return ["A comparison needs two cities and a condition at least."];
  const withCode = (code) => result.map((_, i) => i).filter((i) => result[i] === code);
  if (withCode(UNSTATED).length) lines.push(`No code for the outcome: ${who(withCode(UNSTATED))}. Without it a case says nothing here.`);
  const pairs = pairsOf(rows), sizes = pairs.map((p) => p.shared.length), most = Math.max(...sizes), fewest = Math.min(...sizes);
  const pairsWith = (size) => { const found = pairs.filter((p) => p.shared.length === size); return found.length <= FEW ? found.map((p) => who([p.one, p.other])).join("; ") : `${found.length} pairs`; };
  if (pairs.length > 1 && most > fewest) lines.push(`Most similar: ${pairsWith(most)}, with ${most} shared conditions. Most different: ${pairsWith(fewest)}, with ${fewest || "none"}.`);
  for (const code of unique(result).filter((c) => c !== UNSTATED)) {
    const cases = withCode(code), kinds = ([, codes]) => unique(cases.map((i) => codes[i]));
    const common = conditions.filter((row) => kinds(row).length === 1 && kinds(row)[0] !== UNSTATED).map(([d]) => d);
    const dropped = conditions.filter((row) => kinds(row).filter((c) => c !== UNSTATED).length > 1).map(([d]) => d);
    lines.push(cases.length === 1 ? `Agreement: only ${who(cases)} has the outcome “${code}”. One case has nothing to agree with.`
      : `Agreement: ${who(cases)} have the outcome “${code}”. They share ${named(common) || "none of the conditions"}.${dropped.length ? ` Dropped, since they differ: ${named(dropped)}.` : ""}`);
  }
  const unlike = pairs.filter((p) => p.alike === false), least = Math.min(...unlike.map((p) => p.different.length));
  if (!unlike.length) lines.push("Difference: no two outcomes differ, so there is nothing to set apart.");
  let nearest = unlike.filter((p) => p.different.length === least);
  if (nearest.length > FEW) {
    lines.push(`Difference: ${nearest.length} pairs have unlike outcomes and differ in ${least} of ${conditions.length} conditions, which is as few as there are.`);
    nearest = [];
  }
  for (const { one, other, different } of nearest) {
    const what = `Difference: ${who([one, other])} have unlike outcomes and differ in`;
    lines.push(!least ? `${what} none of the conditions. What makes the outcomes differ is not among them.`
      : least === 1 ? `${what} one condition, ${named(different)}. The method points to it.`
        : `${what} ${least} of ${conditions.length} conditions, ${named(different)}. The method can't tell which of them counts.`);
  }
  const both = covarying(rows);
  lines.push(both.length ? `Both methods together: ${named(both)} ${both.length === 1 ? "goes" : "go"} with the outcome in every case.` : "Both methods together: no condition goes with the outcome in every case.");
  const groups = {};
  for (const [d, codes] of conditions) if (!codes.includes(UNSTATED) && unique(codes).length > 1) (groups[codes.map((c) => codes.indexOf(c))] ??= []).push(d);
  for (const group of Object.values(groups).filter((g) => g.length > 1)) lines.push(`Undetermined: ${named(group)} divide the cities in the same way. No comparison of these cities can tell them apart.`);
  const possible = conditions.reduce((n, [, codes]) => n * BigInt(Math.max(1, unique(codes).filter((c) => c !== UNSTATED).length)), 1n);
  const cases = result.map((_, i) => conditions.map(([, codes]) => codes[i])).filter((codes) => !codes.includes(UNSTATED));
  lines.push(`Few cases: ${unique(cases.map((codes) => JSON.stringify(codes))).length} of ${possible.toLocaleString("en-US")} possible combinations of these conditions stand in the cities.`);
  const changed = rows.flatMap(([d, codes, before]) => codes.map((code, i) => (code === before[i] ? "" : `Recoded: ${names[i]}, ${labels[d]}: “${code}” in place of “${before[i]}”.`))).filter(Boolean);
  if (changed.length) {
    const was = covarying(rows.map(([d, , before]) => [d, before]));
    changed.push(`By the report's codes ${named(was) || "no condition"} went with the outcome; by yours ${named(both) || "no condition"}: the conclusion ${String(was) === String(both) ? "survives" : "changes"}.`);
  }
  return [...lines, ...changed];
}

function designView(data, picks) {
  if (!picks.cities.length) return { caption: "No city is picked", node: [NOBODY()], csv: () => [["condition"]], name: "design" };
  if (picks.cities.length > MOST) return { caption: `${fmt(picks.cities.length)} cities are picked`, node: [nothing(`These methods are for few cases: pick ${MOST} cities at most. ${fmt(picks.cities.length)} are picked.`)], csv: () => [["condition"]], name: "design" };
  const rows = matrixOf(data, picks), labels = Object.fromEntries(data.choices.conditions), names = picks.cities.map((city) => data.choices.cities.find(([key]) => key === city)[1]);
  const at = picks.cities.map((city) => data.choices.cities.findIndex(([key]) => key === city));
  const head = (d) => (d === picks.outcome ? `Outcome: ${labels[d]}` : labels[d]);
  const records = rows.map(([d, codes, before]) => [head(d), ...codes.map((code, i) => {
    const [, says, where] = data.codes[d][at[i]];
    return [h("b", {}, code), code === before[i] ? "" : [" ", h("small", {}, `(recoded; the report: ${before[i]})`)], says ? [h("br"), h("small", {}, `${says} ${where}`)] : ""];
  })]);
  const alike = { true: "the same", false: "differs", null: UNSTATED };
  const compared = pairsOf(rows), most = compared.length > ROWS ? [...compared].sort((a, b) => b.shared.length - a.shared.length).slice(0, ROWS) : compared;
  const pairs = most.map((p) => [`${names[p.one]} and ${names[p.other]}`, `${p.shared.length} of ${p.shared.length + p.different.length} compared`, alike[p.alike]]);
  return { caption: `${rows.length - 1} conditions, outcome ${labels[picks.outcome]}, ${names.length} cities${picks.recode.length ? ", recoded" : ""}`,
    node: [h("ul", { class: "mind" }, findingsOf(data, picks, rows).map((line) => h("li", {}, line))),
      bookTable(`${data.id}-table`, "Codes of the picked cities, with what the report says", ["Condition", ...names], records),
      pairs.length ? bookTable(`${data.id}-pairs`, compared.length > ROWS ? `How alike the cities are: the ${ROWS} most alike of ${compared.length} pairs` : "How alike the cities are, pair by pair", ["Pair", "Conditions shared", "Outcome"], pairs) : ""],
    csv: () => [["condition", ...names], ...rows.map(([d, codes]) => [head(d), ...codes])], name: "design" };
}

function designControls(data, set) {
  let now = data.value;
  const labels = Object.fromEntries(data.choices.conditions), names = Object.fromEntries(data.choices.cities);
  const keys = data.choices.conditions.map(([key]) => key);
  const conditions = checkboxes("Conditions", data.choices.conditions, { onpick: (list) => set({ conditions: list }), buttons: [["All", keys], ["None", []]] });
  const outcome = select(data.choices.outcome, (key) => set({ outcome: key }));
  let cell = "";
  const others = (kept) => now.recode.filter((key) => !key.startsWith(`${kept}.`));
  const where = select([], (key) => { cell = key; show(now); });
  const code = select([], (key) => set({ recode: key ? [...others(cell), key] : others(cell) }));
  const undo = h("button", { type: "button", onclick: () => set({ recode: [] }) }, "Report's codes again");
  const cellBox = control("Recode: city and condition", where.node), codeBox = control("Code", code.node);
  const show = (picks) => {
    now = picks;
    const cells = picks.cities.length > MOST ? [] : matrixOf(data, picks).flatMap(([d]) => picks.cities.map((city) => [`${city}.${d}`, `${names[city]}: ${labels[d]}`]));
    if (!cells.some(([key]) => key === cell)) cell = cells[0]?.[0] ?? "";
    where.show(cell, cells);
    const [city, d] = cell.split("."), report = d ? data.codes[d][data.choices.cities.findIndex(([key]) => key === city)][0] : "";
    code.show(picks.recode.find((key) => key.startsWith(`${cell}.`)) ?? "", [["", `${report} (the report)`], ...data.choices.recode.filter(([key]) => key.startsWith(`${cell}.`))]);
    conditions.show(picks.conditions);
    outcome.show(picks.outcome);
    undo.hidden = !picks.recode.length;
    cellBox.hidden = codeBox.hidden = !cells.length;
  };
  return { nodes: [conditions.node, control("Outcome", outcome.node), cellBox, codeBox, undo], show };
}

KINDS.design = [designView, designControls];
