"""The built site in a Firefox, from a host and from a memory stick."""

import pytest
from firefox import PROGRAM, firefox
from lab_server import wait_for

from publishing.contents import chapters

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no Firefox here: Debian has it as firefox-esr"
)
SEND = """(() => {{
  const form = [...document.querySelectorAll("form")].at({form});
  form.querySelector("input[name=q]").value = "hukou";
  form.requestSubmit();
}})()"""
# From a memory stick hits have no summaries.
SUMMED_UP = """(location.protocol === "file:" ||
  [...document.querySelectorAll("#search-results li")]
    .every((hit) => hit.querySelector(".context")))"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with firefox(tmp_path_factory.mktemp("firefox")) as page:
        yield page


@pytest.fixture(params=["http", "file"])
def start(request, address, site):
    return {"http": address, "file": site.as_uri()}[request.param]


def test_no_page_has_anything_to_complain_of(page, start):
    for path in chapters():
        page.errors.clear()
        page.goto(f"{start}/{path.stem}.html")
        assert page.evaluate("document.querySelector('h1').innerText")
        assert page.errors == [], path.stem


@pytest.mark.parametrize("name, form", [("economy", 0), ("404", 0), ("404", -1)])
def test_every_search_form_leads_to_hits(page, start, name, form):
    page.errors.clear()
    page.goto(f"{start}/{name}.html")
    page.evaluate(SEND.format(form=form))
    hit = "document.querySelector('#search-results li a')?.innerText ?? ''"
    wait_for(lambda: page.evaluate(hit) == "Glossary: hukou", "the first hit")
    finished = "document.querySelector('.search-summary').innerText !== '' && "
    wait_for(lambda: page.evaluate(finished + SUMMED_UP), "the summaries")
    assert page.errors == []


def awake(page, control):
    """Wait until a page's script has made a control; the table stands there before."""
    wait_for(lambda: page.evaluate(f"Boolean({control})"), control)


def test_explorers_and_flags_work(page, start):
    page.goto(f"{start}/economy.html")
    rows = "document.querySelectorAll('.explorer tbody tr').length"
    berlin = (
        "[...document.querySelectorAll('.explorer label')]"
        ".find(label => label.innerText.trim() === 'Berlin')"
    )
    awake(page, berlin)
    before = page.evaluate(rows)
    page.evaluate(f"{berlin}.querySelector('input').click()")
    wait_for(lambda: page.evaluate(rows) < before, "a city less")
    note = "document.querySelector('#table-2 details.flag a').checkVisibility()"
    assert not page.evaluate(note)
    page.evaluate("document.querySelector('#table-2 details.flag summary').click()")
    assert page.evaluate(note)


def test_a_verdict_is_kept(page, start):
    page.errors.clear()
    page.goto(f"{start}/does-it-hold.html")
    awake(page, "document.querySelector('#ledger .judge')")
    page.evaluate("document.querySelector('#ledger .judge').click()")
    page.evaluate(
        "(() => { const verdict = document.querySelector('#ledger tr.own select');"
        "verdict.value = 'differs'; verdict.dispatchEvent(new Event('change')); })()"
    )
    page.goto(f"{start}/does-it-hold.html")
    judged = "document.querySelector('#ledger details.own summary').innerText"
    awake(page, "document.querySelector('#ledger .judge')")
    assert page.evaluate(judged) == "You have judged 1 claim"
    assert page.errors == []


def test_a_page_needs_no_storage(page, address, tmp_path):
    """In another site's frame that gives it none."""
    page.errors.clear()
    frame = f"<iframe sandbox='allow-scripts' src='{address}/search.html?q=hukou'>"
    (tmp_path / "course.html").write_text(f"<!doctype html>{frame}</iframe>", "utf-8")
    page.goto((tmp_path / "course.html").as_uri())
    inside = page.ask("browsingContext.getTree")["contexts"][0]["children"][0]
    outer, page.window = page.window, inside["context"]
    hit = "document.querySelector('#search-results li a')?.innerText ?? ''"
    wait_for(lambda: page.evaluate(hit) == "Glossary: hukou", "the first hit")
    assert page.evaluate("origin") == "null" and page.errors == []
    page.window = outer


def test_a_frame_gets_the_height_of_its_explorer(page, address, tmp_path):
    """In a page of another site, with the script of the line to paste."""
    page.errors.clear()
    page.goto(f"{address}/economy.html")
    copied = "document.querySelector('#explore-economy .take input').value"
    page.evaluate(
        "[...document.querySelectorAll('#explore-economy .take button')]"
        ".find(button => button.innerText === 'Embed').click()"
    )
    line = wait_for(lambda: page.evaluate(copied), "the line to paste")
    (tmp_path / "course.html").write_text(f"<!doctype html>{line}", "utf-8")
    page.goto((tmp_path / "course.html").as_uri())
    height = "document.querySelector('iframe').clientHeight"
    given = int(line.partition('height="')[2].partition('"')[0])
    wait_for(lambda: page.evaluate(height) != given, "another height")
    assert page.errors == []
