"""What axe-core finds on the main pages against WCAG 2.0 to 2.2, levels A and AA: nothing; and no page is too wide."""

import pytest

from tests.browser.test_looks import overflowing
from tests.browser.tour import PLACES, pages
from tests.browser.town import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHECK = """async (tags) => (await axe.run(document, { runOnly: tags, resultTypes: ["violations"] })).violations
    .map((each) => each.id + ": " + each.help + "\\n" + each.nodes.map((node) => "  " + node.html.slice(0, 160)
    + "\\n    " + node.any.concat(node.all).map((one) => one.message).join("; ")).join("\\n"))"""
ALL = [(role, name) for role, names in PLACES for name in names]


def check(page):
    """Let axe-core look at a page; return what it finds."""
    # Evaluated and not linked: the content policy lets no foreign script in, and that stays so under test.
    # The whole page at once: what a bar covers for the moment can be scrolled to.
    page.set_viewport_size({**page.viewport_size, "height": page.evaluate("document.documentElement.scrollHeight")})
    page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(CHECK, RULES)


@pytest.mark.parametrize(("role", "name"), ALL, ids=[f"{role}-{name}" for role, name in ALL])
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_a_page_is_accessible_and_fits(visit, town, role, name, device):
    path = pages(town, role)[name]
    visitor = visit(None if role == "guest" else role, device, language="zh")
    visitor.go(path)
    found = check(visitor.page)
    assert not found, "\n".join(found)
    assert not overflowing(visitor.page)


@pytest.mark.parametrize("looks", [{"theme": "dark"}, {"mode": "elder"}], ids=["dark", "elder"])
@pytest.mark.parametrize("name", ["home", "report", "to-confirm"])
def test_dark_and_large_pages_are_accessible_too(visit, town, looks, name):
    visitor = visit("resident", language="zh", looks=looks)
    visitor.go(pages(town, "resident")[name])
    found = check(visitor.page)
    assert not found, "\n".join(found)
    assert not overflowing(visitor.page)


def test_a_dialog_with_a_form_is_accessible(visit, town):
    officer = visit("officer", language="zh")
    officer.go(pages(town, "officer")["in-hand"])
    officer.open("solve")
    assert not check(officer.page)
