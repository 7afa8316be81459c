"""The ledger: each outcome comes from the data and follows them; the language of
claims, the test of titles, the panel of assumptions.
"""

import itertools

import pandas as pd
import pytest

import fourcities as fc
from fourcities.facts import DATA, Count, Row, Value, readings_of, state_of
from fourcities.facts.package import _tables as tables_of
from fourcities.ledger import OUTCOMES, USES, assumptions, claims, mismatch, step
from fourcities.presentation import claim_of, observed, values_table

LEDGER = claims()
COMPUTED = LEDGER[LEDGER["check"] != "unprinted"]


class Changed(dict):
    """Tables by name; each change gives the data another state."""

    states = itertools.count()

    def __setitem__(self, name, frame):
        self.become(self | {name: frame})

    def become(self, tables):
        """Exactly these tables differ from the files."""
        self.clear()
        self.update(tables)
        self.state = next(self.states)


@pytest.fixture
def data(monkeypatch):
    """Tables that a test may change: data["observations"] = frame takes the place of
    the file in everything that judges a claim.
    """
    real, changed = tables_of(DATA, state_of()), Changed()
    monkeypatch.setattr(
        "fourcities.facts.package._tables", lambda folder, state: real | changed
    )
    for module in ("package", "indicators", "values"):
        monkeypatch.setattr(
            f"fourcities.facts.{module}.state_of",
            lambda folder=DATA: getattr(changed, "state", "as it is"),
        )
    return changed


# ---------- every outcome follows the data


def mutations(row):
    """Ways to change what a claim rests on, one after the other: {table: changed
    frame}.
    """
    readings = readings_of(row["check"], row["rests_on"])
    parts = list(
        dict.fromkeys(
            part
            for reading in readings
            for part in reading.parts
            if not isinstance(part, float)
        )
    )
    if row["check"] == "first in":
        yield neighbours(*parts[:2])
    if row["check"] == "rises":
        yield from (another_year(parts[0], factor) for factor in (2, 0.1))
    codes = "code" in row["check"]
    left = [
        part
        for reading in readings
        for term in reading.left
        for _, part in term
        if not isinstance(part, float)
    ]
    right = [part for part in parts if part not in left]
    ways = [dict.fromkeys(parts, how) for how in ("more", "less", "same")] + [
        {part: how} for part in parts for how in ("more", "less", "same")
    ]
    ways += [
        dict.fromkeys(left, one) | dict.fromkeys(right, other)
        for one, other in (("more", "less"), ("less", "more"))
    ]
    ways += [
        {part: ("more", "less")[n % 2] for n, part in enumerate(parts)},
        dict.fromkeys(parts, "gone"),
        holding(readings),
    ]
    for way in ways:
        tables = {}
        for part, how in way.items():
            change(tables, part, how, codes)
        yield tables


def holding(readings):
    """What makes every reading hold, as far as its sign tells."""
    way = {}
    for reading in readings:
        sides = (
            ("more", "less")
            if reading.sign in (">", ">=")
            else ("less", "more")
            if reading.sign in ("<", "<=")
            else ("less", "less")
        )
        for terms, how in zip((reading.left, reading.right), sides):
            way |= {
                part: how
                for term in terms
                for _, part in term
                if not isinstance(part, float)
            }
    return way


YEARS = {"more": "2200", "less": "1700", "same": "1999"}


def change(tables, part, how, codes):
    """Make a part more or less (larger, later, more rows, another word), or the same as
    all others that are made so.
    """
    if isinstance(part, Value) and not codes:
        frame = tables.setdefault("observations", fc.read("observations"))
        at = pd.Series(
            [
                pair in observed(part)[:1]
                for pair in zip(frame["indicator"], frame["place"])
            ]
        )
        if how == "gone":
            tables["observations"] = frame[~at].reset_index(drop=True)
        elif how == "same":
            frame.loc[at, ["period_start", "period_end"]] = pd.Timestamp("1999-12-31")
            frame.loc[at, "flag"] = ""
        else:
            frame.loc[at, "value"] *= 1000 if how == "more" else 0.001
            frame.loc[at, "flag"] = "d"
            frame.loc[at, ["period_start", "period_end"]] = pd.Timestamp(
                f"{YEARS[how]}-12-31"
            )
    elif isinstance(part, Value):
        frame = tables.setdefault("codings", fc.read("codings"))
        at = (frame["dimension"] == part.indicator) & (frame["place"] == part.place)
        frame.loc[at, "category"] = (
            how if how == "same" else f"{how} {part.indicator} {part.place}"
        )
    elif isinstance(part, Row) and how != "gone":
        frame = tables.setdefault(part.table, fc.read(part.table))
        dated(frame, frame.iloc[:, 0] == part.key, how, part.column)
        for column in {"local_title", "local_name"} & set(frame):
            frame.loc[frame.iloc[:, 0] == part.key, column] = {
                "same": "慈善",
                "more": "书",
                "less": f"{part.key}",
            }[how]
        for column in {"title", "name"} & set(frame) if how == "same" else ():
            frame.loc[frame.iloc[:, 0] == part.key, column] = "Charity"
    elif isinstance(part, Count) and how != "gone":
        frame = tables.setdefault(part.table, fc.read(part.table))
        at = pd.Series(True, frame.index)
        for column, wanted, values in part.conditions:
            at &= frame[column].isin(values) == wanted
        filled = (frame[at] if at.any() else frame).head(1)
        for column, wanted, values in part.conditions:
            filled = filled.assign(**{column: values[0] if wanted else "another"})
        kept = frame[~at] if how != "more" else frame
        more = [filled] * {"more": 60, "less": 0, "same": 1}[how]
        tables[part.table] = pd.concat([kept, *more], ignore_index=True)
        if how != "less":
            dated(tables[part.table], tables[part.table].index >= len(kept), how)


def dated(frame, at, how, column=""):
    """Give rows a year."""
    for name in (
        "year",
        "founded",
        column if column and "period" not in column else "",
    ):
        if name in frame:
            frame.loc[at, name] = YEARS[how]
    for name in {"period_start", "period_end"} & set(frame):
        frame.loc[at, name] = pd.Timestamp(f"{YEARS[how]}-12-31")


def neighbours(value, area):
    """Two more places of the area, with values below that of the claim's place."""
    places, table = fc.read("places"), fc.read("observations")
    mine = places[places["place"] == value.place]
    new = pd.concat(
        [mine.assign(place=key, parent=area, name=key) for key in ("one", "two")]
    )
    top = table[
        (table["place"] == value.place)
        & table["indicator"].isin([pair[0] for pair in observed(value)])
    ]
    more = pd.concat(
        [top.assign(place=key, value=top["value"] * 0.5) for key in ("one", "two")]
    )
    return {
        "places": pd.concat([places, new], ignore_index=True),
        "observations": pd.concat([table, more], ignore_index=True),
    }


def another_year(value, factor):
    """A series of two years: one as it is, and a later one, `factor` times as large."""
    table = fc.read("observations")
    mine = table[
        (table["indicator"] == value.indicator) & (table["place"] == value.place)
    ]
    first = (
        mine.head(1)
        if len(mine)
        else table[table["indicator"] == value.indicator]
        .head(1)
        .assign(place=value.place)
    )
    later = first.assign(
        period_start=pd.Timestamp("2020-01-01"),
        period_end=pd.Timestamp("2020-12-31"),
        value=first["value"] * factor,
    )
    return {
        "observations": pd.concat(
            [table.drop(mine.index), first, later], ignore_index=True
        )
    }


@pytest.mark.parametrize("claim", COMPUTED["claim"])
def test_the_outcome_follows_the_data(claim, data):
    """Some change of what a claim rests on changes its outcome: no outcome is typed."""
    row = LEDGER[LEDGER["claim"] == claim]
    asked = row[fc.read("claims").columns]
    before = row["outcome"].iloc[0]
    for change in mutations(asked.iloc[0]):
        data.become(change)
        if claims(asked)["outcome"].iloc[0] != before:
            return
    pytest.fail(f"no change of the data changes the outcome {before!r}")


@pytest.mark.parametrize(
    "claim, before, table, where, column, value, after",
    [
        (
            "donations-against-gdp",
            "in tension",
            "observations",
            ("indicator", "platform_donations"),
            "value",
            54_200_000,
            "reproduced",
        ),
        (
            "berlin-output-per-head",
            "reproduced",
            "observations",
            ("indicator", "gdp_per_capita"),
            "value",
            30_000,
            "differs",
        ),
        (
            "guangzhou-density-target",
            "in tension",
            "observations",
            ("indicator", "so_density_target"),
            "value",
            12,
            "reproduced",
        ),
        (
            "growth-one-period",
            "in tension",
            "observations",
            ("indicator", "gdp_growth"),
            "period_start",
            pd.Timestamp("2012-01-01"),
            "in tension",
        ),
        (
            "hangzhou-permit-title",
            "differs",
            "policies",
            ("policy", "hangzhou-permit"),
            "local_title",
            "杭州市人民政府关于推行新型居住证制度的通知",
            "reproduced",
        ),
        (
            "hangzhou-independence-repeated",
            "in tension",
            "codings",
            ("dimension", "policy_independence"),
            "category",
            "relatively independent",
            "reproduced",
        ),
        (
            "reform-and-opening-one-date",
            "differs",
            "events",
            ("event", "reform-opening"),
            "period_start",
            pd.Timestamp("1990-01-01"),
            "reproduced",
        ),
        (
            "sectors-one-measure",
            "in tension",
            "observations",
            ("indicator", "share_industry"),
            "flag",
            "",
            "reproduced",
        ),
    ],
)
def test_named_claims_turn_with_the_data(
    claim, before, table, where, column, value, after, data
):
    row = fc.read("claims").query("claim == @claim")
    assert claims(row)["outcome"].iloc[0] == before
    frame = fc.read(table)
    data[table] = frame.assign(
        **{column: frame[column].where(frame[where[0]] != where[1], value)}
    )
    assert claims(row)["outcome"].iloc[0] == after


# ---------- the ledger as a whole


def test_outcomes_and_uses_are_the_named_ones():
    assert set(LEDGER["outcome"]) == set(OUTCOMES) and set(LEDGER["use"]) == set(USES)
    assert set(LEDGER["section"].str[0]) == set("123456"), "every part of the report"
    assert (LEDGER.loc[LEDGER["outcome"] == "not reproducible", "needs"] != "").all(), (
        "what can't be settled says what it needs"
    )
    assert not LEDGER["statement"].duplicated().any()


def test_use_follows_from_outcome_and_caveat():
    assert (
        set(LEDGER.query("use == 'safe'")["outcome"]) == {"reproduced"}
        and (LEDGER.query("use == 'safe'")["caveat"] == "").all()
    )
    assert set(LEDGER.query("use == 'unusable'")["outcome"]) <= {
        "in tension",
        "differs",
    } and set(LEDGER.query("use == 'unusable'")["severity"]) == {"high"}
    assert set(LEDGER.query("use == 'unsettled'")["outcome"]) == {"not reproducible"}


def test_every_flagged_value_leads_to_the_ledger():
    keys = set(LEDGER["claim"])
    flagged = fc.read("observations").query("flag != ''")
    assert all(claim_of(row) in keys for _, row in flagged.iterrows())
    assert claim_of(fc.observations("population").iloc[0]) == "", "no flag, no link"
    for table in (
        "policies",
        "bodies",
        "organizations",
        "measures",
        "events",
        "cooperation",
        "codings",
    ):
        assert all(
            claim_of(row) in keys
            for _, row in fc.read(table).query("flag != ''").iterrows()
        ), table
    expected = {
        "platform_donations": "donations-against-gdp",
        "area": "area-one-measure",
        "gdp_growth": "growth-one-period",
        "foundations": "foundations-one-form",
        "so_budget": "chinese-dollar-amounts",
    }
    assert {
        i: claim_of(fc.observations(i, places=["hangzhou"]).iloc[0]) for i in expected
    } == expected
    assert claim_of(fc.observations("foundations_per_100000").iloc[0]), (
        "a computed value as well"
    )


def test_a_flag_shows_its_link_where_it_stands():
    link = '<a href="does-it-hold.html#ledger-growth-one-period">'
    assert (
        link in fc.report_table(2).html
        and link in values_table("gdp_growth", label="x").html
    )
    assert (
        'does-it-hold.html#ledger-donations-against-gdp">u: low reliability</a>'
        in fc.cite("platform_donations", "hangzhou")
    )
    assert "does-it-hold" not in fc.cite("population", "berlin")


def test_each_chapter_leads_to_its_claims():
    for section in LEDGER["section"].unique():
        count = (LEDGER["section"] == section).sum()
        link = f'<a href="does-it-hold.html?ledger.section={section}#ledger">'
        assert f"{link}{count} statements" in fc.chapter_line(section).data
    assert "ledger" not in fc.chapter_line("5").data, (
        "a part page has no claims of its own"
    )


def test_a_verdict_names_statement_outcome_and_row():
    words = fc.verdict("guangzhou-density-target")._repr_markdown_()
    assert (
        "**In tension; cite with the caveat.** 1 of 2 readings hold." in words
        and "(#ledger-guangzhou-density-target)" in words
    )
    assert (
        "US<span>&#36;</span>"
        in fc.verdict("hangzhou-urbanization-price")._repr_markdown_()
    ), "no dollar sign starts a formula"
    with pytest.raises(KeyError, match="unknown claim 'x'; data/claims.csv has: "):
        fc.verdict("x")


@pytest.mark.parametrize(
    "indicator, place, expected",
    [
        ("gdp", "berlin", 1e6),
        ("population", "berlin", 1e3),
        ("population_share", "berlin", 0.01),
        ("gdp_per_capita", "cologne", 1),
        ("population", "china", 1e8),
        ("platform_donations", "hangzhou", 1e8),
        ("area", "hangzhou", 1e3),
    ],
)
def test_to_what_a_printed_number_is_rounded(indicator, place, expected):
    assert step(fc.observations(indicator, places=[place]).iloc[0]) == pytest.approx(
        expected
    )


def test_outside_figures_stay_apart():
    assert not set(fc.read("outside_figures")["figure"]) & set(
        fc.read("observations")["indicator"]
    )
    html = fc.outside_table("table-x", "x").html
    for _, row in fc.read("outside_figures").iterrows():
        assert row["printed"] in html and (
            row["kind"] == "guess"
            or row["address"].split("/")[2].removeprefix("www.") in html
        )
    assert (
        "a guess of ours; no source" in html
        and (fc.read("outside_figures").query("kind == 'guess'")["address"] == "").all()
    )


# ---------- titles


def pair(english, chinese, place="hangzhou"):
    return pd.Series({"title": english, "local_title": chinese, "place": place})


@pytest.mark.parametrize(
    "english, chinese, expected",
    [
        ("Education Bureau of Hangzhou", "杭州市教育局", ""),
        ("Education Bureau", "教育局", ""),
        (
            "Education Bureau",
            "卫生局",
            "No characters for “education”. No English for 卫生 (health).",
        ),
        (
            "Education Bureau of Guangzhou",
            "杭州市教育局",
            "No characters for “guangzhou”.",
        ),
        (
            "Residence Permit Regulations",
            "居住登记条例",
            (
                "No characters for “residence permit”. No English for 居住 "
                "(residence), 登记 "
                "(registration)."
            ),
        ),
        ("Words that the list has not", "不在其中", ""),
    ],
)
def test_a_title_is_held_against_its_characters(english, chinese, expected):
    assert mismatch(pair(english, chinese)) == expected


def test_no_title_fits_the_characters_of_another_city_or_field():
    rows = fc.read("policies").query("language == 'zh-Hans' and place == 'guangzhou'")
    others = fc.read("policies").query("language == 'zh-Hans' and place == 'hangzhou'")
    for _, row in rows.iterrows():
        for _, other in others.iterrows():
            assert mismatch(
                pd.Series(row.to_dict() | {"local_title": other["local_title"]})
            )


# ---------- what hangs on a choice


def test_every_assumption_matters_for_a_conclusion():
    found = fc.sensitivity()
    for assumption in assumptions():
        assert (found[assumption] != "").any()
    flips = found.drop_duplicates("conclusion").set_index("conclusion")["flips"]
    assert (
        flips["guangzhou-reaches-its-target"] == "residents"
        and flips["prices-ten-times-apart"] == "never"
    )
    for name, group in found.groupby("conclusion"):
        assert (group["flips"] == "never").all() == (group["holds"].nunique() == 1), (
            name
        )


def test_conclusions_follow_the_data(data):
    table = fc.read("observations")
    data["observations"] = table.assign(
        value=table["value"].where(table["indicator"] != "so_density_target", 5)
    )
    assert (
        fc.sensitivity()
        .query("conclusion == 'guangzhou-reaches-its-target'")["holds"]
        .all()
    )


def test_the_default_choices_are_the_printed_ones():
    panel = fc.AssumptionExplorer()
    shown = panel.frame().set_index("Conclusion")
    assert (
        "8,000" in dict(panel.data["choices"]["area"])["printed"]
        and panel.value["residents"] == "all"
    )
    assert (
        shown.loc[
            "Guangzhou has reached its target for social organizations.",
            "On this choice",
        ]
        == "does not hold"
    )
    panel.value = {"residents": "settled"}
    assert (
        panel.frame()
        .set_index("Conclusion")
        .loc[
            "Guangzhou has reached its target for social organizations.",
            "On this choice",
        ]
        == "holds"
    )
    assert len(panel.frame()) == fc.sensitivity()["conclusion"].nunique(), (
        "each conclusion stands once"
    )


def test_the_ledger_explorer_filters():
    ledger = fc.ClaimExplorer()
    assert len(ledger.frame()) == len(LEDGER)
    ledger.value = {"use": ["unusable"]}
    assert set(ledger.frame()["key"]) == set(LEDGER.query("use == 'unusable'")["claim"])
    ledger.value = {"use": list(USES), "section": "6.1", "words": "HANGZHOU"}
    assert set(ledger.frame()["key"]) <= set(
        LEDGER.query("section == '6.1'")["claim"]
    ) and len(ledger.frame())
