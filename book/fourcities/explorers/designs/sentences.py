"""What the methods say of a matrix, and what they leave open, in sentences."""

from fourcities.presentation import FEW, list_of, some

from .methods import (
    MOST,
    NOT_STATED,
    agreement,
    combinations,
    covarying,
    difference,
    inseparable,
    pairs_of,
)


def findings(codes, outcome, labels, names):
    """What the methods say of a matrix, in sentences. labels: {dimension: words}; names: {city: words}."""
    named, who = (
        (lambda items: list_of(labels[d] for d in items)),
        (lambda items: some([names[c] for c in items])),
    )
    conditions = codes.drop(index=outcome)
    if len(codes.columns) > MOST:
        return [
            f"These methods are for few cases: pick {MOST} cities at most. {len(codes.columns):,} are picked."
        ]
    if conditions.empty or len(codes.columns) < 2:
        return ["A comparison needs two cities and a condition at least."]
    lines, gaps = (
        [],
        [city for city in codes.columns if codes.at[outcome, city] == NOT_STATED],
    )
    if gaps:
        lines.append(
            f"No code for the outcome: {who(gaps)}. Without it a case says nothing here."
        )
    lines += _extremes(pairs_of(codes, outcome), who)
    for _, row in agreement(codes, outcome).iterrows():
        if len(row["cities"]) == 1:
            lines.append(
                f"Agreement: only {who(row['cities'])} has the outcome “{row['outcome']}”. One case has nothing to agree with."
            )
        else:
            lines.append(
                f"Agreement: {who(row['cities'])} have the outcome “{row['outcome']}”. They share {named(row['shared']) or 'none of the conditions'}."
                + (
                    f" Dropped, since they differ: {named(row['dropped'])}."
                    if row["dropped"]
                    else ""
                )
            )
    nearest = difference(codes, outcome)
    if nearest.empty:
        lines.append(
            "Difference: no two outcomes differ, so there is nothing to set apart."
        )
    if len(nearest) > FEW:
        lines.append(
            f"Difference: {len(nearest)} pairs have unlike outcomes and differ in {len(nearest['different'].iloc[0])} of {len(conditions)} conditions, which is as few as there are."
        )
        nearest = nearest[:0]
    for _, row in nearest.iterrows():
        count, what = (
            len(row["different"]),
            f"Difference: {who([row['one'], row['other']])} have unlike outcomes and differ in",
        )
        lines.append(
            f"{what} none of the conditions. What makes the outcomes differ is not among them."
            if not count
            else f"{what} one condition, {named(row['different'])}. The method points to it."
            if count == 1
            else f"{what} {count} of {len(conditions)} conditions, {named(row['different'])}. The method can't tell which of them counts."
        )
    both = covarying(codes, outcome)
    lines.append(
        f"Both methods together: {named(both)} {'goes' if len(both) == 1 else 'go'} with the outcome in every case."
        if both
        else "Both methods together: no condition goes with the outcome in every case."
    )
    lines += [
        f"Undetermined: {named(group)} divide the cities in the same way. No comparison of these cities can tell them apart."
        for group in inseparable(conditions)
    ]
    possible, observed = combinations(conditions)
    lines.append(
        f"Few cases: {observed} of {possible:,} possible combinations of these conditions stand in the cities."
    )
    return lines


def _extremes(pairs, who):
    """Which pairs share the most and the fewest conditions, in two sentences; none for a single pair."""
    sizes = pairs["shared"].map(len)
    if len(pairs) < 2 or sizes.min() == sizes.max():
        return []
    found = {
        size: [
            who([one, other])
            for one, other in pairs.loc[sizes == size, ["one", "other"]].values
        ]
        for size in (sizes.max(), sizes.min())
    }
    named = {
        size: "; ".join(each) if len(each) <= FEW else f"{len(each)} pairs"
        for size, each in found.items()
    }
    return [
        f"Most similar: {named[sizes.max()]}, with {sizes.max()} shared conditions. Most different: {named[sizes.min()]}, with {sizes.min() or 'none'}."
    ]


def compared(codes, changed, outcome, labels, names):
    """Whether the conclusion survives other codes: sentences that set the conditions that go with the outcome before and after side by side."""
    named = lambda items: list_of(labels[d] for d in items) or "no condition"  # noqa: E731
    cells = [
        (city, d)
        for d in codes.index
        for city in codes.columns
        if codes.at[d, city] != changed.at[d, city]
    ]
    lines = [
        f"Recoded: {names[city]}, {labels[d]}: “{changed.at[d, city]}” in place of “{codes.at[d, city]}”."
        for city, d in cells
    ]
    if lines:
        before, after = covarying(codes, outcome), covarying(changed, outcome)
        lines.append(
            f"By the report's codes {named(before)} went with the outcome; by yours {named(after)}: the conclusion {'survives' if before == after else 'changes'}."
        )
    return lines
