"""What axe-core finds on the main pages against WCAG 2.0 to 2.2, levels A and AA: nothing; and no page is too wide."""

import pytest

from tests.browser.tour import PLACES, pages
from tests.browser.town import ROOT, SIZES

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A dot on the map lies where its case lies, under a pin if need be: WCAG 2.5.8 excepts that, and the list has it, too.
CHECK = """async (tags) => (await axe.run(document, { runOnly: tags, resultTypes: ["violations"], elementRef: true }))
    .violations.map((each) => ({ ...each, nodes: each.nodes.filter((node) => each.id !== "target-size"
    || !node.element.closest(".leaflet-dots-pane")) })).filter((each) => each.nodes.length)
    .map((each) => each.id + ": " + each.help + "\\n" + each.nodes.map((node) => "  " + node.html.slice(0, 160)
    + "\\n    " + node.any.concat(node.all).map((one) => one.message).join("; ")).join("\\n"))"""
ALL = [(role, name) for role, names in PLACES for name in names]


def check(page, *devices):
    """Let axe-core look at a page in the width of each device; return what it finds."""
    # Evaluated and not linked: the content policy lets no foreign script in, and that stays so under test.
    page.evaluate(AXE.read_text("utf-8"))
    found = []
    for device in devices or ("phone",):
        page.set_viewport_size(SIZES[device])
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{device}: the page is wider than the window")
        # The whole page at once: what a bar covers for the moment can be scrolled to.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**SIZES[device], "height": max(tall, SIZES[device]["height"])})
        found += [f"{device}: {each}" for each in page.evaluate(CHECK, RULES)]
    return "\n".join(found)


@pytest.mark.parametrize(("role", "name"), ALL, ids=[f"{role}-{name}" for role, name in ALL])
def test_a_page_is_accessible_and_fits(visit, town, role, name):
    visitor = visit(None if role == "guest" else role, "desktop", language="zh")
    visitor.go(pages(town, role)[name])
    found = check(visitor.page, *SIZES)
    assert not found, found


@pytest.mark.parametrize("looks", [{"theme": "dark"}, {"mode": "elder"}], ids=["dark", "elder"])
@pytest.mark.parametrize("name", ["home", "report", "to-confirm"])
def test_dark_and_large_pages_are_accessible_too(visit, town, looks, name):
    visitor = visit("resident", language="zh", looks=looks)
    visitor.go(pages(town, "resident")[name])
    found = check(visitor.page)
    assert not found, found


def test_a_dialog_with_a_form_is_accessible(visit, town):
    worker = visit("worker", language="zh")
    worker.go(pages(town, "worker")["case"])
    worker.open("solve")
    found = check(worker.page)
    assert not found, found
