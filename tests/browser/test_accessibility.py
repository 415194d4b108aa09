"""What axe-core finds on the main pages against WCAG 2.0 to 2.2, levels A and AA: nothing; and no page is too wide."""

import pytest

from tests.browser.tour import ROLES, pages
from tests.browser.town import ROOT, SIZES

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Dots and pins of a map lie where their cases lie, one under another if need be: WCAG 2.5.8 excepts that.
CHECK = """async (tags) => (await axe.run(document, { runOnly: tags, resultTypes: ["violations"], elementRef: true }))
    .violations.map((each) => ({ ...each, nodes: each.nodes.filter((node) => each.id !== "target-size"
    || !node.element.closest(".leaflet-dots-pane, .leaflet-marker-pane")) })).filter((each) => each.nodes.length)
    .map((each) => each.id + ": " + each.help + "\\n" + each.nodes.map((node) => "  " + node.html.slice(0, 160)
    + "\\n    " + node.any.concat(node.all).map((one) => one.message).join("; ")).join("\\n"))"""
# How tall the page is once fonts are there and two frames were drawn.
SETTLED = """async () => { await document.fonts.ready;
    for (let drawn = 0; drawn < 2; drawn += 1) await new Promise(requestAnimationFrame);
    return document.documentElement.scrollHeight; }"""
# Axe looks at a page in the size of those who use it, at these in both; that a page fits is seen in both for all.
DESK = {"worker", "secretary", "subdistrict"}
BOTH = {"home", "report", "case", "to-confirm", "queue", "day", "overview", "people", "take-part", "homes-building"}
# A browser is opened for a share of a role's pages, not for each of them.
SHARES = {"resident": 5, "worker": 14, "guest": 4, "officer": 2}
ALL = [(role, share, SHARES.get(role, 1)) for role in ROLES for share in range(SHARES.get(role, 1))]


def check(page, *devices):
    """Let axe-core look at a page in the width of each device; return what it finds."""
    # Evaluated and not linked: the content policy lets no foreign script in, and that stays so under test.
    page.evaluate(AXE.read_text("utf-8"))
    found = []
    for device in devices or ("phone",):
        found += too_wide(page, device)
        unroll(page, device)
        found += [f"{device}: {each}" for each in page.evaluate(CHECK, RULES)]
    return "\n".join(found)


def unroll(page, device):
    """Show the whole page at once: what a bar covers for the moment can be scrolled to."""
    shown, tall = SIZES[device]["height"], 0
    # In the new width it is laid out anew, and scripts and fonts may still change how tall it is.
    while shown > tall:
        tall = shown
        page.set_viewport_size({**SIZES[device], "height": tall})
        shown = page.evaluate(SETTLED)


def too_wide(page, device):
    """Tell whether the page is wider than the window of a device."""
    page.set_viewport_size(SIZES[device])
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [f"{device}: the page is wider than the window"] if wide else []


@pytest.mark.parametrize(("role", "share", "of"), ALL, ids=[f"{role}-{share}" for role, share, _of in ALL])
def test_pages_are_accessible_and_fit(visit, town, role, share, of):
    visitor = visit(None if role == "guest" else role, "desktop", language="zh")
    found, (other, own) = [], ("phone", "desktop") if role in DESK else ("desktop", "phone")
    for name, path in list(pages(town, role).items())[share::of]:
        visitor.go(path)
        wrong = [] if name in BOTH else too_wide(visitor.page, other)
        wrong.append(check(visitor.page, *(SIZES if name in BOTH else [own])))
        found += [f"{name} {path}\n{each}" for each in wrong if each]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("looks", [{"theme": "dark"}, {"mode": "elder"}], ids=["dark", "elder"])
@pytest.mark.parametrize("name", ["home", "report", "to-confirm", "household", "take-part", "data"])
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
