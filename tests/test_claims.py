"""The ledger: each outcome comes from the data and follows them; the language of
claims, the test of titles, the panel of assumptions.
"""

import re

import nbformat
import pandas as pd
import pytest
from markupsafe import escape

import fourcities as fc
from fourcities.facts import BOOK, Count, Row, Value, readings_of
from fourcities.ledger import OUTCOMES, USES, assumptions, claims, mismatch, step
from fourcities.ledger.judges import JUDGES
from fourcities.ledger.outcomes import judged
from fourcities.ledger.parts import observation_of
from fourcities.ledger.shapes import Unknown
from fourcities.ledger.titles import capitals, place_of_one
from fourcities.presentation import claim_of, observed, values_table

COMPUTED = fc.read("claims").query("check != 'unprinted'")


@pytest.fixture(scope="module")
def ledger():
    """The whole ledger; not when this module is read, as every worker reads it."""
    return claims()


# ---------- every outcome follows the data


def mutations(check, readings):
    """Ways to change what a claim rests on, one after the other: {table: changed
    frame}.
    """
    parts = list(
        dict.fromkeys(
            part
            for reading in readings
            for part in reading.parts
            if not isinstance(part, float)
        )
    )
    if check == "first in":
        yield from (neighbours(*parts[:2], factor) for factor in (0.01, 100))
    if check == "rises":
        yield from (another_year(parts[0], factor) for factor in (2, 0.1))
    yield from equals(readings)
    codes = "code" in check
    left = [
        part
        for reading in readings
        for term in reading.left
        for _, part in term
        if not isinstance(part, float)
    ]
    right = [part for part in parts if part not in left]
    ways = [holding(readings)]
    ways += [dict.fromkeys(parts, how) for how in ("more", "less", "same")]
    ways += [{part: how} for part in parts for how in ("more", "less", "same")]
    ways += [
        dict.fromkeys(left, one) | dict.fromkeys(right, other)
        for one, other in (("more", "less"), ("less", "more"))
    ]
    ways += [
        {part: ("more", "less")[n % 2] for n, part in enumerate(parts)},
        dict.fromkeys(parts, "gone"),
    ]
    for way in ways:
        tables = {}
        for part, how in way.items():
            change(tables, part, how, codes)
        yield tables


def equals(readings):
    """The value on the left made the same as the one on the right."""
    for reading in readings:
        if reading.sign == "=" and all(isinstance(p, Value) for p in reading.parts):
            frame, (part, other) = fc.read("observations"), reading.parts
            at = (frame["indicator"] == part.indicator) & (frame["place"] == part.place)
            frame.loc[at, "value"] = observation_of(other)["value"]
            yield {"observations": frame}


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
        indicator, place = observed(part)[0]
        at = (frame["indicator"] == indicator) & (frame["place"] == place)
        if how == "gone":
            tables["observations"] = frame[~at].reset_index(drop=True)
        elif how == "same":
            if not part.year:
                days = ["period_start", "period_end"]
                frame.loc[at, days] = pd.Timestamp("1999-12-31")
            frame.loc[at, "flag"] = ""
        else:
            frame.loc[at, "value"] *= 1000 if how == "more" else 0.001
            frame.loc[at, "flag"] = "d"
            if not part.year:
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
        for condition in part.conditions:
            at &= meets(frame[condition.column], condition)
        filled = (frame[at] if at.any() else frame).head(1)
        for column, wanted, values, _ in part.conditions:
            filled = filled.assign(**{column: values[0] if wanted else "another"})
        kept = frame[~at] if how != "more" else frame
        more = [filled] * {"more": 60, "less": 0, "same": 1}[how]
        tables[part.table] = pd.concat([kept, *more], ignore_index=True)
        if how != "less":
            dated(tables[part.table], tables[part.table].index >= len(kept), how)


def meets(cells, condition):
    """Which cells of a column are as a condition of a count asks."""
    cells = cells.astype(str).str.replace("_", " ")
    if condition.inside:
        return cells.map(
            lambda cell: any(word.lower() in cell.lower() for word in condition.values)
        )
    return cells.isin(condition.values) == condition.wanted


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


def neighbours(value, area, factor):
    """Two more places of the area that are as the claim's place was, and this with a
    value that is larger than theirs by `1 / factor`.
    """
    places, table = fc.read("places"), fc.read("observations")
    mine = places[places["place"] == value.place]
    new = pd.concat(
        [mine.assign(place=key, parent=area, name=key) for key in ("one", "two")]
    )
    top = table[
        (table["place"] == value.place)
        & table["indicator"].isin([pair[0] for pair in observed(value)])
    ]
    more = pd.concat([top.assign(place=key) for key in ("one", "two")])
    numerator, place = observed(value)[0]
    mine_at = (table["indicator"] == numerator) & (table["place"] == place)
    table = table.assign(value=table["value"].where(~mine_at, table["value"] / factor))
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


@pytest.mark.slow
@pytest.mark.parametrize("claim", COMPUTED["claim"])
def test_the_outcome_and_each_reading_follow_the_data(claim, data):
    """No outcome is typed: some change of what a claim rests on changes it. No reading
    is one that no data could satisfy, and none one that none could fail.
    """
    row = fc.read("claims").query("claim == @claim").iloc[0]
    readings = readings_of(row["check"], row["rests_on"])
    outcomes = {judged(row).outcome}
    found = {n: {held(row["check"], reading)} for n, reading in enumerate(readings)}

    def try_out(wanted, tables):
        """Note what these readings, and the claim, come to on changed data."""
        data.become(tables)
        for n in wanted:
            found[n].add(held(row["check"], readings[n]))
        if len(outcomes) == 1:
            outcomes.add(judged(row).outcome)

    def unsettled(numbers):
        return [n for n in numbers if not {True, False} <= found[n]]

    for way in [list(found), *([n] for n in found)]:
        for tables in list(mutations(row["check"], [readings[n] for n in way])):
            if not unsettled(way) and len(outcomes) > 1:
                break
            try_out(unsettled(way), tables)
        data.become({})
    assert len(outcomes) > 1, f"no change of the data changes the outcome {outcomes}"
    assert not unsettled(found), [(str(readings[n]), found[n]) for n in found]


def held(check, reading):
    """Whether a reading holds; None if it can't be computed."""
    try:
        return bool(JUDGES[check](reading).holds)
    except Unknown:
        return None


def test_no_reading_sets_a_thing_against_itself(ledger):
    """Not x / 6 = x / 5, whatever x is."""
    for _, row in ledger.iterrows():
        for reading in readings_of(row["check"], row["rests_on"]):
            left, right = (
                {part for term in side for _, part in term if not number(part)}
                for side in (reading.left, reading.right)
            )
            assert not left or left != right, row["claim"]


def number(part):
    return isinstance(part, float)


def test_no_reading_counts_rows_by_their_key(ledger):
    """A count of rows that the claim itself picks one by one can only be that."""
    for _, row in ledger.iterrows():
        for reading in readings_of(row["check"], row["rests_on"]):
            for part in reading.parts:
                if isinstance(part, Count):
                    first = fc.read(part.table).iloc[:, 0]
                    columns = [condition.column for condition in part.conditions]
                    assert not (first.is_unique and first.name in columns), row["claim"]


def test_each_count_asks_for_what_the_table_knows(ledger):
    """No condition of a count is met by no row at all, as after a change of words."""
    places = set(fc.read("places")["place"])
    for _, row in ledger.iterrows():
        for reading in readings_of(row["check"], row["rests_on"]):
            counts = [part for part in reading.parts if isinstance(part, Count)]
            for part, condition in ((p, c) for p in counts for c in p.conditions):
                cells = fc.read(part.table)[condition.column].astype(str)
                known = set(cells.str.replace("_", " "))
                for value in condition.values:
                    found = (
                        any(value.lower() in cell.lower() for cell in known)
                        if condition.inside
                        else value in known | places
                    )
                    assert found, f"{row['claim']}: {condition.column}, {value}"


# ---------- what a check must not take for granted


def asked(check, rests_on, section="2.1", **cells):
    """One claim of the ledger that stands in no file, judged."""
    row = fc.read("claims").head(1)
    given = {"check": check, "rests_on": rests_on, "section": section}
    blank = {"untested": "", "if_not": "in tension", "severity": "middle"}
    return claims(row.assign(**blank | given | cells)).iloc[0]


def test_a_missing_date_is_no_conflict():
    unknown = asked("same period", "population:berlin population:germany")
    assert unknown["outcome"] == "not reproducible"
    conflict = "foreigners:berlin foreigners:cologne population:germany"
    assert asked("same period", conflict)["outcome"] == "in tension"
    open_end = asked(
        "same period", "residency_cost:guangzhou residency_persons:guangzhou"
    )
    assert open_end["outcome"] == "not reproducible", "2015–2020, and until 2020"


def test_a_series_is_looked_at_as_a_whole():
    """No check takes the latest value of a series without a word."""
    dates = asked("same period", "asylum_seekers:berlin floating_population:hangzhou")
    assert dates["outcome"] == "in tension" and "2015 and 2016" in dates["finding"]
    latest = asked("compare", "asylum_seekers:berlin > asylum_seekers:cologne")
    assert "Berlin: only the latest value is taken" in latest["caveat"]
    one_year = asked(
        "compare", "asylum_seekers:berlin:2016 > asylum_seekers:cologne:2016"
    )
    assert "latest" not in one_year["caveat"]
    shown = asked("unprinted", "asylum_seekers:berlin")["finding"]
    assert "79,034" in shown and "16,889" in shown


def test_an_outside_figure_that_differs_is_a_caveat_of_every_claim(data):
    words = "Total population, Cologne: other sources have 1,075,935 (end of 2016)"
    for check, reading in (
        ("compare", "population:cologne < population:berlin"),
        ("compare", "foundations@per_100000:cologne > 1"),
        ("compare", "gdp_per_capita_computed:cologne > 1"),
        ("same period", "population:cologne population:berlin"),
    ):
        assert words in asked(check, reading)["caveat"], reading
    agreeing = asked("compare", "asylum_seekers:berlin:2016 > 1")["caveat"]
    assert "source" not in agreeing, "the outside figure of that year is the same"
    figures = fc.read("outside_figures")
    data["outside_figures"] = figures.assign(
        value=figures["value"].where(figures["place"] != "cologne", 1_061_000)
    )
    assert words not in asked("compare", "population:cologne > 1")["caveat"]


def test_no_claim_is_borne_out_by_codes_made_from_it():
    """A code for a section can contradict what the section says, and no more."""
    own = "cooperation_mode:berlin cooperation_mode:cologne"
    assert asked("same code", own, "6.2")["outcome"] == "not reproducible"
    assert asked("same code", own, "5.2")["outcome"] == "reproduced"
    assert asked("different code", own, "6.1")["outcome"] == "in tension"
    counted = "#codings?dimension=challenge&category=implementation > 0"
    assert asked("compare", counted, "6.2")["outcome"] == "not reproducible"


def test_counts_of_a_few_rows_decide_nothing():
    few = asked("compare", "#policies?place=zhejiang > #policies?place=guangdong")
    assert few["outcome"] == "not reproducible" and "too few to tell" in few["finding"]
    many = (
        "#measures?place=guangzhou,hangzhou&provider=state > #measures?place=guangzhou"
    )
    assert asked("compare", many)["outcome"] != "not reproducible"


def test_a_reading_that_cannot_be_decided_is_a_caveat():
    half = "gdp:berlin > gdp:cologne | gdp:berlin > gdp:germany"
    found = asked("compare", half)
    assert found["use"] == "caveat" and "1 can't be decided." in found["finding"]


def test_what_is_untested_keeps_a_claim_from_being_safe(ledger):
    held = "gdp:berlin > gdp:cologne"
    assert asked("compare", held)["use"] == "safe"
    assert asked("compare", held, untested="the rest.")["use"] == "caveat"
    left_out = (
        r"not (?:tested|see|print|stat)|n't be|assum|our (?:word|reading)|taken as"
    )
    safe = ledger.query("use == 'safe'")
    admits = safe[safe["note"].str.contains(left_out, case=False)]
    assert admits.empty, admits[["claim", "note"]].to_string()
    clauses = ledger.loc[ledger["untested"] != "", "untested"]
    assert clauses.str.fullmatch(r"[^A-Z\W].*[.]").all(), "it follows “Not tested:”"


def test_a_count_of_rows_that_we_chose_keeps_a_caveat():
    """Measures and forms of co-operation are ours; policies of Table 6 are printed."""
    words = "Counts what the report names, as we coded it."
    for table in ("measures", "cooperation"):
        assert asked("compare", f"#{table}?place=berlin > 0")["caveat"] == words
    assert asked("compare", "#policies?place=berlin&table=6 > 0")["use"] == "safe"


def test_a_finding_reads_as_a_sentence():
    """No “not not stated”, no small letter at its head, and whose year a year is."""
    known = asked("compare", "#measures?place=berlin&provider!=- > 0")["finding"]
    assert "provider stated" in known and "not not" not in known
    first = asked("earlier", "policies?place=berlin < policies?place=cologne")
    assert first["finding"].startswith("The earliest dated of ")
    revised = asked("same time", "policies/hangzhou-relief.revised")["finding"]
    assert revised.endswith(": revised 2011.")


def test_a_finding_says_of_all_what_holds_for_all():
    """“Are not all” of several values, where some are."""
    some = (
        "share_services:berlin share_services:guangzhou share_services:hangzhou >= 80"
    )
    finding = asked("compare", some)["finding"]
    assert finding.endswith("are not all at least 80%.")
    both = asked("compare", "gdp:berlin gdp:guangzhou > gdp:cologne")["finding"]
    assert " are both more than " in both


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


def test_outcomes_and_uses_are_the_named_ones(ledger):
    assert set(ledger["outcome"]) == set(OUTCOMES) and set(ledger["use"]) == set(USES)
    assert set(ledger["section"].str[0]) == set("123456"), "every part of the report"
    assert (ledger.loc[ledger["outcome"] == "not reproducible", "needs"] != "").all(), (
        "what can't be settled says what it needs"
    )
    assert not ledger["statement"].duplicated().any()


def test_use_follows_from_outcome_and_caveat(ledger):
    assert (
        set(ledger.query("use == 'safe'")["outcome"]) == {"reproduced"}
        and (ledger.query("use == 'safe'")["caveat"] == "").all()
    )
    assert set(ledger.query("use == 'unusable'")["outcome"]) <= {
        "in tension",
        "differs",
    } and set(ledger.query("use == 'unusable'")["severity"]) == {"high"}
    assert set(ledger.query("use == 'unsettled'")["outcome"]) == {"not reproducible"}


def test_every_flagged_value_leads_to_the_ledger(ledger):
    keys = set(ledger["claim"])
    flagged = fc.read("observations").query("flag != ''")
    assert all(claim_of(row) in keys for _, row in flagged.iterrows())
    assert claim_of(fc.observations("districts").iloc[0]) == "", "no flag, no link"
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
    assert "does-it-hold" not in fc.cite("districts", "berlin")


def test_each_chapter_leads_to_its_claims(ledger):
    for section in ledger["section"].unique():
        count = (ledger["section"] == section).sum()
        link = f'<a href="does-it-hold.html?ledger.section={section}#ledger">'
        assert f"{link}{count} statements" in fc.chapter_line(section).data
    assert "ledger" not in fc.chapter_line("5").data, (
        "a part page has no claims of its own"
    )


def test_a_verdict_names_statement_outcome_and_row():
    words = fc.verdict("guangzhou-density-target")._repr_markdown_()
    assert (
        "**In tension; cite with the caveat.** 1 of 2 readings holds." in words
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
    def named(row):
        """Who publishes it; the host where nobody is named."""
        return row["publisher"] or row["address"].split("/")[2].removeprefix("www.")

    assert not set(fc.read("outside_figures")["figure"]) & set(
        fc.read("observations")["indicator"]
    )
    html = fc.outside_table("table-x", "x").html
    for _, row in fc.read("outside_figures").iterrows():
        assert row["printed"] in html and (
            row["kind"] == "guess"
            or f'{row["address"]}">{escape(named(row))}</a>' in html
        )
    assert (
        "our own guess, without a source" in html
        and (fc.read("outside_figures").query("kind == 'guess'")["address"] == "").all()
    )


# ---------- titles


def pair(english, local, place="hangzhou", language="zh-Hans"):
    return pd.Series(
        {"title": english, "local_title": local, "place": place, "language": language}
    )


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
            "No characters for “Guangzhou”.",
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


@pytest.mark.parametrize(
    "english, german, expected",
    [
        ("Master Plan for Integration", "Masterplan Integration", ""),
        ("Master Plan for Diversity", "Masterplan Sicherheit", "lost and added"),
        ("Master Plan in Cologne", "Masterplan", "No German for “Cologne”."),
        ("Law in Berlin", "Gesetz", ""),
        ("Network", "Netzwerk und Arbeit", "No English for „Arbeit“ (work)."),
        ("Network", "Netzwerk der Arbeitsgruppe", ""),  # no word of the list
    ],
)
def test_a_title_is_held_against_its_german(english, german, expected):
    both = "No German for “diversity”. No English for „Sicherheit“ (security)."
    found = mismatch(pair(english, german, "berlin", "de"))
    assert found == expected.replace("lost and added", both)


def test_the_place_that_one_title_names_is_told():
    law = pair("Law in Berlin", "Gesetz", "berlin", "de")
    assert place_of_one(law) == "Only the English names Berlin."
    named = pair("Law in Berlin", "Gesetz in Berlin", "berlin", "de")
    assert place_of_one(named) == ""
    assert (
        place_of_one(pair("Rules", "杭州市规则")) == "Only the Chinese names Hangzhou."
    )


def local_names():
    """Each pair of an English and a German or Chinese name, with its rows."""
    pairs = {}
    for table in ("policies", "bodies", "organizations", "measures"):
        rows = fc.read(table)
        rows = fc.of_report(rows) if "added" in rows else rows
        english, local = (
            ("title", "local_title") if "title" in rows else ("name", "local_name")
        )
        for _, row in rows[rows[local] != ""].iterrows():
            both = (row[english], row[local])
            pairs.setdefault(both, []).append((f"{table}/{row.iloc[0]}", row))
    return pairs


def test_every_local_name_is_held_against_its_english(ledger):
    tested = set(ledger.loc[ledger["check"] == "title", "rests_on"])
    for both, rows in local_names().items():
        assert tested & {key for key, _ in rows}, f"no title claim for {both}"


def test_what_the_test_of_titles_does_not_see_is_a_caveat(ledger):
    titles = ledger[ledger["check"] == "title"]
    assert not titles["note"].str.contains("[Nn]ot tested|[Tt]he test").any()
    unseen = titles[titles["untested"] != ""]
    assert len(unseen) and not (unseen["use"] == "safe").any()


# What has no counterpart of its own: articles, prepositions, short forms.
JOINING = {"und", "für", "der", "von", "zur", "PartIntG", "GzA"}


def test_every_german_word_was_looked_at():
    """The list has each word in its proper form; other capitals in print are listed."""
    forms = {form for cell in fc.read("title_words")["german"] for form in cell.split()}
    known = {form.casefold() for form in forms} | {word.casefold() for word in JOINING}
    notes = fc.read("print_notes").query("language == 'de'")
    for rows in local_names().values():
        key, row = rows[0]
        if row["language"] != "de":
            continue
        words = re.findall(r"\w+", row.get("local_title", row.get("local_name")))
        assert {word.casefold() for word in words} <= known, key
        noted = " ".join(notes.loc[notes["about"] == key, "printed"]).split()
        for word in words[1:]:
            assert word in forms | JOINING or word in noted, (
                f"{key}: data/print_notes.csv has no row for {word!r}"
            )
        assert bool(capitals(row)) == any(
            word not in forms | JOINING for word in words[1:]
        )


def test_each_phrase_of_the_list_has_a_word_in_some_language():
    words = fc.read("title_words")
    assert ((words["chinese"] + words["german"]) != "").all()


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


def test_the_ledger_explorer_filters(ledger):
    shown = fc.ClaimExplorer()
    assert len(shown.frame()) == len(ledger)
    shown.value = {"use": ["unusable"]}
    assert set(shown.frame()["key"]) == set(ledger.query("use == 'unusable'")["claim"])
    shown.value = {"use": list(USES), "section": "6.1", "words": "HANGZHOU"}
    assert set(shown.frame()["key"]) <= set(
        ledger.query("section == '6.1'")["claim"]
    ) and len(shown.frame())


def test_a_verdict_has_one_colour_in_figure_and_ledger():
    folder = BOOK / "fourcities" / "explorers" / "common"
    style = (folder / "explorer.css").read_text("utf-8")
    chips = re.findall(r"\.chip\.([\w-]+) \{\s*--shade: (#\w+)", style)
    figure = next(
        cell.source
        for cell in nbformat.read(BOOK / "does-it-hold.ipynb", as_version=4).cells
        if "shades = {" in cell.source
    )
    drawn = re.findall(r'"([a-z ]+)": "(#\w+)"', figure)
    assert dict(chips) == {key.replace(" ", "-"): colour for key, colour in drawn}
    assert len(chips) == len(OUTCOMES)
