"""Designs of comparison: Mill's methods on small matrices whose answer is known, and
the same on the page without a kernel.
"""

import itertools
import json
import random

import pandas as pd
import pytest
from test_explorers import SETS, opened
from test_explorers import compared as differing

import fourcities as fc
from fourcities.explorers import PickError
from fourcities.explorers.designs import explorer as module
from fourcities.explorers.designs.methods import NOT_STATED
from fourcities.explorers.designs.sentences import compared, findings
from fourcities.explorers.designs.steps import steps_of

CONDITIONS = [
    "size_class",
    "administrative_status",
    "policy_independence",
    "economic_focus",
    "migrants_meant",
    "migration_experience",
    "integration_concept",
    "integration_timing",
    "legal_aid",
    "funding_mode",
]
ALL = [
    *CONDITIONS,
    "autonomy",
    "philanthropy_tradition",
    "initiative",
    "cooperation_mode",
    "financial_burden",
    "so_involvement",
    "so_role",
]


def matrix(**rows):
    """A matrix from letters: each row a string with one letter a city, “-” for no code;
    the cities are A, B, C …
    """
    return pd.DataFrame(
        {
            name: [NOT_STATED if letter == "-" else letter for letter in letters]
            for name, letters in rows.items()
        },
        index=list("ABCDEFGHIJ")[: len(next(iter(rows.values())))],
    ).T


def explorer():
    return fc.DesignExplorer(
        *ALL, conditions=CONDITIONS, outcome="so_role", label="explore-design"
    )


# Mill's methods


def test_agreement_keeps_what_cases_with_one_outcome_share():
    found = fc.agreement(
        matrix(food="xxxy", wine="xyxy", water="xxyy", ill="nnnw"), "ill"
    ).set_index("outcome")
    assert (
        found.at["n", "cities"] == ["A", "B", "C"]
        and found.at["n", "shared"] == ["food"]
        and found.at["n", "dropped"] == ["wine", "water"]
    )
    assert found.at["w", "cities"] == ["D"] and found.at["w", "shared"] == [
        "food",
        "wine",
        "water",
    ]


def test_difference_points_to_the_one_condition_that_differs():
    found = fc.difference(matrix(food="xx", wine="xy", water="zz", ill="nw"), "ill")
    assert found["different"].tolist() == [["wine"]] and found["shared"].tolist() == [
        ["food", "water"]
    ]
    assert fc.difference(matrix(food="xy", ill="nn"), "ill").empty, "no unlike outcomes"


def test_difference_takes_the_most_similar_of_the_unlike_pairs():
    found = fc.difference(matrix(a="xxy", b="xxy", c="xyy", out="nwn"), "out")
    assert found[["one", "other"]].values.tolist() == [["A", "B"]] and found[
        "different"
    ].tolist() == [["c"]]


def test_the_joint_method_wants_agreement_and_difference_in_every_pair():
    codes = matrix(a="xxyy", b="xxxy", c="xyyy", d="xyzz", out="nnww")
    assert fc.covarying(codes, "out") == ["a"]
    assert (
        fc.covarying(matrix(a="xx", out="nn"), "out") == []
        and fc.covarying(matrix(a="x", out="n"), "out") == []
    )
    assert fc.covarying(matrix(a="xxyy", out="nnw-"), "out") == [], (
        "an outcome that is not stated proves nothing"
    )


def test_not_stated_is_neither_shared_nor_different():
    codes = matrix(a="-xx", b="--x", out="nnw")
    pair = fc.pairs_of(codes, "out").set_index(["one", "other"])
    assert pair.at[("A", "B"), "shared"] == pair.at[
        ("A", "B"), "different"
    ] == [] and pair.at[("B", "C"), "shared"] == ["a"]
    assert fc.agreement(codes, "out").set_index("outcome").at["n", "shared"] == []
    assert fc.combinations(codes.drop(index="out")) == (1, 1), "only C is complete"


def test_conditions_that_fall_together_are_found_by_their_partition():
    assert fc.inseparable(matrix(a="xxyy", b="qqzz", c="xyxy", d="xxxx", e="xx-y")) == [
        ["a", "b"]
    ]


def test_combinations_are_counted():
    assert fc.combinations(matrix(a="xxyy", b="xyxy")) == (4, 4)
    assert fc.combinations(matrix(a="xxyy", b="xxyy", c="pqrs")) == (16, 4)


def test_recoding_changes_a_copy_and_names_what_is_not_there():
    codes = matrix(a="xy", out="nw")
    assert (
        fc.recoded(codes, {("A", "a"): "y"}).at["a", "A"] == "y"
        and codes.at["a", "A"] == "x"
    )
    with pytest.raises(
        KeyError,
        match="no cell 'Z', 'a'; there are the dimensions a, out and the cities A, B",
    ):
        fc.recoded(codes, {("Z", "a"): "y"})


def test_sentences_for_each_situation():
    labels, names = (
        dict(zip("abco", ["Alpha", "Beta", "Gamma", "Result"])),
        dict(zip("ABCD", ["One", "Two", "Three", "Four"])),
    )

    def said(**rows):
        return " ".join(findings(matrix(**rows), "o", labels, names))

    assert (
        "differ in one of 2 conditions compared, Alpha. The method points to it."
    ) in said(a="xy", b="zz", o="nw")
    assert (
        "differ in none of 1 condition compared. What makes the outcomes differ is "
        "not among them."
    ) in said(a="xx", o="nw")
    assert (
        "no two outcomes differ" in said(a="xy", o="nn")
        and "They share none of the conditions. Dropped, since they differ: Alpha."
        in said(a="xy", o="nn")
    )
    assert "No code for the outcome: Two." in said(a="xyy", b="xxx", o="n-w")
    assert (
        said(a="x", o="n")
        == said(o="nw")
        == "A comparison needs two cities and a condition at least."
    )
    assert (
        "Most similar: One and Two, with 2 shared conditions. Most different: One "
        "and Three; Two and Three, with none."
    ) in said(a="xxy", b="xxy", o="nwn")
    before, after = (
        matrix(a="xxyy", b="xyxy", o="nnww"),
        matrix(a="xyyy", b="xyxy", o="nnww"),
    )
    assert compared(before, before, "o", labels, names) == ([], [])
    lines, methods = compared(before, after, "o", labels, names)
    assert lines == [
        "Your codes change what the method of agreement, the method of difference and "
        "the joint method conclude.",
        "Recoded: Two, Alpha: “y” in place of “x”.",
    ]
    assert methods[2] == (
        False,
        "Alpha goes with the outcome in every case.",
        "no condition goes with the outcome in every case.",
    )


def conclusions(codes, outcome):
    """What the three methods conclude, worked out by hand from the letters."""
    cities, conditions = list(codes), [d for d in codes.index if d != outcome]
    code = codes.to_dict()
    results = {city: code[city][outcome] for city in cities}
    kinds = {
        d: {city: code[city][d] for city in cities if code[city][d] != NOT_STATED}
        for d in conditions
    }

    def split(group):
        """Conditions with one code in all of a group, and those with several."""
        found = {d: [kinds[d].get(city) for city in group] for d in conditions}
        one = {d for d in found if None not in found[d] and len({*found[d]}) == 1}
        return one, {d for d in found if len({*found[d]} - {None}) > 1}

    groups = {r: [c for c in cities if results[c] == r] for r in results.values()}
    agreeing = {
        (result, *group): split(group)
        for result, group in groups.items()
        if len(group) > 1 and result != NOT_STATED
    }
    pairs = list(itertools.combinations(cities, 2))
    stated = [p for p in pairs if NOT_STATED not in (results[p[0]], results[p[1]])]
    unlike = {p: split(p) for p in stated if results[p[0]] != results[p[1]]}
    least = min((len(several) for _, several in unlike.values()), default=0)
    nearest = {p: found for p, found in unlike.items() if len(found[1]) == least}
    both = {
        d
        for d in conditions
        if unlike and pairs == stated
        if all(d in split(p)[p in unlike] for p in pairs)
    }
    return [agreeing, nearest, both]


NAMES_OF_METHODS = [
    "the method of agreement",
    "the method of difference",
    "the joint method",
]


def verdict_by_hand(before, after, outcome):
    """The sentence that the conclusions before and after ask for."""
    same = [
        one == other
        for one, other in zip(conclusions(before, outcome), conclusions(after, outcome))
    ]
    if all(same):
        return "Your codes change nothing that the three methods conclude."

    def conclude(wanted):
        names = [n for n, is_same in zip(NAMES_OF_METHODS, same) if is_same == wanted]
        return fc.list_of(names) + (" concludes" if len(names) == 1 else " conclude")

    rest = f" What {conclude(True)} survives." if any(same) else ""
    return f"Your codes change what {conclude(False)}.{rest}"


@pytest.mark.parametrize("count", range(2, 9))
def test_the_verdict_on_a_recode_is_that_of_all_three_methods(count):
    """For any number of cities: matrices and recodes from a seed."""
    chance, seen = random.Random(count), set()
    names = dict(zip("ABCDEFGH", "ABCDEFGH"))
    for _ in range(20):
        codes = pd.DataFrame(
            {
                city: {d: chance.choice(["x", "y", NOT_STATED]) for d in "abco"}
                for city in "ABCDEFGH"[:count]
            }
        )
        city, dimension = chance.choice(list(codes)), chance.choice("abco")
        code = chance.choice(["x", "y", "z", NOT_STATED])
        if code == codes.at[dimension, city]:
            continue
        after = fc.recoded(codes, {(city, dimension): code})
        lines, methods = compared(codes, after, "o", dict(zip("abco", "abco")), names)
        assert lines[0] == verdict_by_hand(codes, after, "o"), (codes, after)
        assert [said == "the same" for _, _, said in methods] == [
            survives for survives, _, _ in methods
        ]
        assert all(survives or one != other for survives, one, other in methods)
        seen.add(lines[0])
    assert len(seen) > 2


def test_many_cities_that_change_are_said_to_be_others():
    """Of more pairs than can be named only the number is said; it may stay the same."""
    codes = matrix(a="x" * 10, o="n" * 5 + "w" * 5)
    after = fc.recoded(codes, {("A", "o"): "w", ("J", "o"): "n"})
    names = dict(zip(codes, codes))
    _, methods = compared(codes, after, "o", {"a": "Alpha", "o": "Out"}, names)
    assert methods[1].after == methods[1].before + " They are not the same ones."


@pytest.mark.parametrize("count", range(2, 7))
def test_the_steps_end_where_the_methods_do(count):
    chance = random.Random(count)
    for _ in range(12):
        codes = pd.DataFrame(
            {
                city: {d: chance.choice("xyz") for d in "abco"}
                for city in "ABCDEF"[:count]
            }
        )
        agreeing = fc.agreement(codes, "o")
        groups = agreeing[agreeing["cities"].map(len) > 1]
        steps = steps_of(codes, "o", "agreement")
        whole = steps[steps["cities"].map(tuple).isin(groups["cities"].map(tuple))]
        assert whole["left"].tolist() == groups["shared"].tolist()
        nearest, steps = fc.difference(codes, "o"), steps_of(codes, "o", "difference")
        first = steps[: len(nearest)]
        assert first["left"].tolist() == nearest["different"].tolist()
        assert first["out"].tolist() == nearest["shared"].tolist()
        steps = steps_of(codes, "o", "joint method")
        assert len(steps) == count * (count - 1) / 2
        if codes.loc["o"].nunique() > 1:
            assert steps["left"].iloc[-1] == fc.covarying(codes, "o")
        gone = [d for out in steps["out"] for d in out]
        assert sorted(gone + steps["left"].iloc[-1]) == list("abc"), "each goes once"
    with pytest.raises(ValueError, match="unknown method 'residues'; there are: agree"):
        steps_of(codes, "o", "residues")


def test_what_the_chapter_says_of_the_cities_holds():
    codes = fc.codes_of(*CONDITIONS, "so_role", places=fc.cities("report"))
    assert fc.difference(codes, "so_role")["different"].tolist() == [
        ["size_class", "policy_independence"]
    ]
    doubtful = fc.recoded(
        codes,
        {
            ("hangzhou", "policy_independence"): codes.at[
                "policy_independence", "guangzhou"
            ]
        },
    )
    assert fc.difference(doubtful, "so_role")["different"].tolist() == [["size_class"]]
    before, after = conclusions(codes, "so_role"), conclusions(doubtful, "so_role")
    assert [one == other for one, other in zip(before, after)] == [True, False, True]
    groups = fc.inseparable(codes.drop(index="so_role"))
    assert len(max(groups, key=len)) > len(CONDITIONS) / 2
    assert ["size_class", "policy_independence"] in groups, "no city parts the two"
    *others, last = steps_of(codes, "so_role", "joint method")["left"]
    assert all(others) and not last, "the last pair ends what all before it had left"
    like_hangzhou = codes.eq(codes["hangzhou"], axis="index")
    assert like_hangzhou.at["size_class", "cologne"]
    assert like_hangzhou.at["funding_mode", "guangzhou"]
    both = like_hangzhou.loc[["size_class", "funding_mode"]].all()
    assert both[both].index.tolist() == ["hangzhou"]


def test_what_the_chapter_says_of_what_is_seen_inside_the_cities_holds():
    measures = fc.read("measures").query("place in @fc.cities('report')")
    with_so = measures["provider"].isin(["SO", "both"])
    parts = with_so.groupby([measures["place"], measures["policy_field"]]).mean()
    for city in fc.cities("report"):
        assert parts[city, "social-assistance"] > parts[city, "education"], city
    chinese = measures[with_so & measures["place"].isin(["guangzhou", "hangzhou"])]
    ours = chinese[chinese["policy_field"] == "social-assistance"]
    assert set(ours["place"]) == {"guangzhou", "hangzhou"}
    assert set(ours["flag"]) == {"u"}, "that these are SOs is our reading"
    of_province = fc.read("policies").query("place == 'zhejiang'")["title"]
    assert not of_province.str.contains("organization|SO|charit", case=True).any()
    first, then = (
        fc.fact("events", event)["period_start"]
        for event in ("guangzhou-cooperation", "hangzhou-purchase")
    )
    assert first < then


# The explorer


def test_picks_that_do_not_exist_are_named():
    with pytest.raises(
        PickError,
        match="unknown dimension 'weather'; data/dimensions.csv has: location",
    ):
        fc.DesignExplorer("weather")
    made = explorer()
    with pytest.raises(PickError, match="unknown recode: 'berlin.size_class.tiny'"):
        made.value = {"recode": ["berlin.size_class.tiny"]}
    with pytest.raises(PickError, match="unknown outcome"):
        made.value = {"outcome": "gdp"}
    made.value = {
        "recode": ["berlin.size_class.middle-sized", "berlin.size_class.not-stated"]
    }
    assert made.value["recode"] == ["berlin.size_class.middle-sized"], (
        "one change for a cell"
    )
    assert made.codes().at["size_class", "berlin"] == "middle-sized"


def test_every_code_shows_its_evidence():
    html = str(explorer().view())
    for dimension, city in itertools.product(
        ["policy_independence", "legal_aid", "so_role"], fc.cities()
    ):
        assert fc.statement(city, dimension) in html.replace("&#39;", "'"), (
            dimension,
            city,
        )


def test_page_and_python_say_the_same(browser, address):
    """Matrix, sentences and pairs, for every set of cities and every outcome, with
    conditions and changes from a seed.
    """
    page, made, chance, wanted = (
        opened(browser, f"{address}/designing-a-comparison.html"),
        explorer(),
        random.Random(4),
        [],
    )
    changes = [key for key, _ in made.data["choices"]["recode"]]
    for cities, outcome in itertools.product(SETS, ALL):
        made.value = {
            "cities": cities,
            "outcome": outcome,
            "conditions": chance.sample(ALL, chance.randint(0, len(ALL))),
            "recode": chance.sample(changes, chance.randint(0, 4)),
        }
        wanted.append((made.value, str(made.view())))
    assert (
        len(wanted) > 250
        and sum("<div>changes</div>" in html for _, html in wanted) > 3
        and sum("<div>survives</div>" in html for _, html in wanted) > 3
    )
    assert differing(page, "explore-design", wanted) == []
    page.context.close()


def test_every_single_recode_has_the_same_verdict_on_the_page(browser, address):
    """Of every outcome, every cell and every code: the first line says what the methods
    conclude before and after, in Python and on the page.
    """
    page, made = opened(browser, f"{address}/designing-a-comparison.html"), explorer()
    labels = fc.read("dimensions").set_index("dimension")["label"]
    names, wanted = {city: fc.name(city) for city in fc.cities("report")}, []
    for outcome in ALL:
        picked = [d for d in CONDITIONS if d != outcome]
        before = fc.codes_of(*picked, outcome, places=list(names))
        for key, code in made.data["choices"]["recode"]:
            city, dimension, _ = key.split(".")
            if city in before and dimension in before.index:
                after = fc.recoded(before, {(city, dimension): code})
                lines, _ = compared(before, after, outcome, labels, names)
                assert lines[0] == verdict_by_hand(before, after, outcome), key
                picks = {"cities": list(names), "outcome": outcome, "recode": [key]}
                wanted.append([picks, lines])
    assert len(wanted) > 1000 and len({lines[0] for _, lines in wanted}) > 5
    assert (
        page.evaluate(
            """wanted => {
        const el = document.getElementById("explore-design"), model = el.explorer;
        const value = model.get("value");
        return wanted.filter(([picks, lines]) => {
          model.show({ ...value, ...picks });
          const said = [...el.querySelectorAll(".mind")[0].querySelectorAll("li")];
          return String(said.map((li) => li.textContent)) !== String(lines);
        });
      }""",
            wanted,
        )
        == []
    )
    page.context.close()


def test_many_cities_are_said_in_short_and_more_than_forty_are_too_many(
    browser, site, tmp_path, monkeypatch
):
    """Sixty towns, of which fifty-nine have codes from a seed: pairs grow with the
    square of the cities, page and sentences must not.
    """
    chance, towns = random.Random(8), [f"town-{n}" for n in range(60)]
    codes = pd.DataFrame(
        {town: {d: chance.choice(["yes", "no"]) for d in ALL} for town in towns[:-1]}
        | {towns[-1]: dict.fromkeys(ALL, NOT_STATED)}
    )
    for name, made in {
        "codes_of": lambda *dimensions: codes.loc[list(dimensions)],
        "all_cities": lambda: towns,
        "name": str.title,
        "country_of": lambda city: "germany",
    }.items():
        monkeypatch.setattr(module, name, made)
    many = fc.DesignExplorer(*ALL, outcome="so_role", label="many")
    assert (
        many.value["cities"] == towns[:40]
        and [key for key, _ in many.data["choices"]["cities"]] == towns
    )
    script = (site / "_static" / "design-explorer.js").as_uri()
    (tmp_path / "page.html").write_text(
        "<!doctype html><meta "
        f"charset=utf-8><title>t</title>{many._repr_html_()}<script "
        f"src='{script}'></script>",
        "utf-8",
    )
    page, wanted = opened(browser, (tmp_path / "page.html").as_uri()), []
    for cities in (towns, towns[:41], towns[:40], towns[20:30], towns[50:]):
        many.value = {"cities": cities}
        wanted.append((many.value, str(many.view())))
    assert differing(page, "many", wanted) == []
    assert (
        "pick 40 cities at most. 60 are picked." in wanted[0][1]
        and "<table" not in wanted[1][1]
    )
    assert (
        wanted[2][1].count("<tr") == 1 + len(ALL) + 1 + 50
        and "the 50 most alike of 780 pairs" in wanted[2][1]
    )
    assert all(len(line) < 900 for line in many.findings()) and all(
        wanted[n][1].count("<li>") < 20 for n in range(5)
    )
    assert "No code for the outcome: Town-59." in wanted[4][1]
    page.context.close()


def test_recoding_on_the_page_and_its_link(browser, address):
    """By keyboard: a cell, another code, the sentence that the conclusion changed, the
    link that brings it back, and undo.
    """
    page = opened(
        browser,
        f"{address}/designing-a-comparison.html"
        f"?explore-design.cities={','.join(fc.cities('report'))}",
    )
    own = page.locator("#explore-design")
    own.get_by_label("Recode: city and condition").select_option(
        "hangzhou.policy_independence"
    )
    assert own.get_by_label("Code", exact=True).locator("option").all_inner_texts()[
        :2
    ] == ["tied to the level above (the report)", "relatively independent"]
    own.get_by_label("Code", exact=True).focus()
    page.keyboard.press("ArrowDown")
    assert (
        "Recoded: Hangzhou, Independence in policy: “relatively independent” in "
        "place of “tied to the level above”."
    ) in own.inner_text()
    assert (
        "differ in one of 10 conditions compared, Size class. The method points to it."
        in own.inner_text()
        and "(recoded; the report: tied to the level above)" in own.inner_text()
    )
    page.wait_for_url("**explore-design.recode=hangzhou**")
    other = opened(browser, page.url)
    copy = other.locator("#explore-design")
    assert copy.get_by_text(
        "(recoded; the report: tied to the level above)"
    ).is_visible()
    cell, code = (
        copy.get_by_label("Recode: city"),
        copy.get_by_label("Code", exact=True),
    )
    assert (cell.input_value(), code.input_value()) == (
        "hangzhou.policy_independence",
        "hangzhou.policy_independence.relatively-independent",
    ), "the box opens on the cell that the link names"
    copy.get_by_role("button", name="Report's codes again").click()
    assert cell.input_value() == "hangzhou.policy_independence", "and stays there"
    other.context.close()
    own.get_by_role("button", name="Report's codes again").click()
    assert (
        "Recoded" not in own.locator(".explorer-view").inner_text()
        and not own.get_by_role("button", name="Report's codes again").is_visible()
    )
    assert page.messages == []
    page.context.close()


def test_a_link_with_garbage_shows_the_rest(browser, address):
    page = opened(
        browser,
        f"{address}/designing-a-comparison.html"
        "?explore-design.recode=berlin.x.y,<script>&explore-design.outcome=legal_aid"
        "&explore-design.conditions=size_class,nonsense",
    )
    own = page.locator("#explore-design")
    assert "which this explorer does not have" in own.locator(".status").inner_text()
    assert page.evaluate(
        "document.getElementById('explore-design').explorer.get('value')"
    ) == {
        "cities": fc.cities(),
        "conditions": ["size_class"],
        "outcome": "legal_aid",
        "recode": [],
    }
    assert page.messages == []
    page.context.close()


def test_it_fits_a_phone_and_stays_readable_without_scripts(browser, address):
    page = opened(
        browser,
        f"{address}/designing-a-comparison.html",
        viewport={"width": 390, "height": 800},
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/designing-a-comparison.html")
    assert (
        page.locator("#explore-design-table td").first.is_visible()
        and "The method can't tell" in page.locator("#explore-design").inner_text()
    )
    context.close()


def test_only_its_page_loads_its_script(site):
    loaded = {
        path.name
        for path in site.glob("*.html")
        if "design-explorer.js" in path.read_text("utf-8")
    }
    assert loaded == {
        "designing-a-comparison.html"
    } and 'src="_static/explorer.js' not in (
        site / "designing-a-comparison.html"
    ).read_text("utf-8")
    assert (site / "_static" / "design-explorer.js").stat().st_size < 60_000


def test_it_is_an_ordinary_widget():
    made = explorer()
    made.value = {"cities": fc.cities("report")}
    seen = []
    made.observe(lambda change: seen.append(change["new"]["outcome"]), names="value")
    made.value = {"outcome": "legal_aid"}
    assert (
        seen == ["legal_aid"]
        and "Joint method" in str(made._esm)
        and str(made._esm).rstrip().endswith("as default};")
    )
    assert json.loads(json.dumps(made.data))["kind"] == "design" and made.findings()[
        0
    ].startswith(
        "Most similar: Guangzhou and Hangzhou, with 7 shared conditions. Most "
        "different: "
    )
