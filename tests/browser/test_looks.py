"""Language, large view and dark colours; the map with and without a mouse; back and forward."""

import pytest

from tests.browser.town import HOME


def test_the_language_is_switched_and_kept(visit):
    guest = visit(language="zh")
    guest.go(HOME)
    assert guest.page.locator("html").get_attribute("lang") == "zh-hans"
    guest.page.locator("button[name=language][value=en]:visible").first.click()
    guest.page.wait_for_load_state()
    assert guest.page.locator("html").get_attribute("lang") == "en"
    guest.go(f"{HOME}report/")
    assert guest.sees("What is wrong?")
    assert guest.page.url.endswith("/report/")


def test_the_large_view_shows_three_tabs_and_no_small_words(visit):
    resident = visit("resident")
    resident.go(HOME)
    resident.page.locator("button[name=mode][value=elder]:visible").first.click()
    resident.page.wait_for_load_state()
    assert resident.page.locator("html").get_attribute("data-mode") == "elder"
    assert resident.page.locator(".ml-tabbar > *:visible").count() == 3
    small = resident.page.locator("main *:visible").evaluate_all(
        "all => all.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())"
        " && parseFloat(getComputedStyle(e).fontSize) < 19).map(e => e.outerHTML.slice(0, 90))"
    )
    assert not small
    assert not overflowing(resident.page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_large_view_fits_on_a_phone(visit, town, language):
    resident = visit("resident", language=language, looks={"mode": "elder"})
    paths = ["report/", "cases/", "cases/mine/", "notifications/", "people/", "log/"]
    cases = [town.case("is_public"), town.case(best="state = 'solved'", role="resident")]
    for path in [*(HOME + path for path in paths), *cases, "/me/"]:
        resident.go(path)
        assert not overflowing(resident.page), path


def test_dark_colours_are_chosen_and_kept(visit):
    resident = visit("resident", "desktop")
    resident.go(HOME)
    resident.page.locator("button[name=theme][value=dark]:visible").first.click()
    resident.page.wait_for_load_state()
    resident.go(f"{HOME}cases/")
    assert resident.page.locator("html").get_attribute("data-bs-theme") == "dark"
    colour = resident.page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert sum(map(int, colour.removeprefix("rgb(").removesuffix(")").split(","))) < 200


def test_the_map_gathers_many_points_and_opens_a_case_by_keyboard(visit):
    guest = visit(device="desktop")
    guest.go(f"{HOME}cases/?size=100")
    guest.page.locator(".m-many").first.wait_for()
    guest.go(f"{HOME}cases/?size=20")
    pin = guest.page.locator(".leaflet-marker-icon[tabindex='0']").first
    pin.focus()
    pin.press("Enter")
    guest.page.wait_for_url("**/cases/*-*/")


def test_small_dots_show_what_else_is_open_and_each_leads_to_its_case(visit):
    guest = visit(device="desktop")
    guest.go(f"{HOME}cases/?size=1&state=new")
    listed = guest.page.locator("main .ml-list a.ml-row").get_attribute("href")
    guest.page.locator("[data-dots]:has-text('Small dots')").wait_for()
    addresses = guest.page.locator(".m-more a").evaluate_all("all => all.map(e => e.getAttribute('href'))")
    assert addresses
    assert listed not in addresses
    with guest.page.expect_response(lambda answer: "cases.json" in answer.url and "state=new" in answer.url):
        guest.page.locator(".leaflet-control-zoom-out").click()
        guest.page.locator(".leaflet-control-zoom-out").click()
    guest.page.locator(".leaflet-control-zoom-in").click()
    guest.page.locator(".m-more a").first.press("Enter")
    guest.page.wait_for_url("**/cases/*-*/")


@pytest.mark.parametrize("who", ["worker", "secretary", "subdistrict"])
def test_the_side_bar_of_a_desk_stands_in_one_window(visit, who):
    desk = visit(who, "desktop")
    for path in ("cases/queue/", "people/", "places/", "rates/", "rates/outlook/", "log/"):
        desk.go(HOME + path)
        side = desk.page.locator(".ml-side")
        assert side.evaluate("e => e.scrollHeight <= e.clientHeight"), path
        assert side.locator("[aria-current]:visible").count() == 1, path


def test_a_phone_reaches_what_has_no_room_in_its_tab_bar(visit):
    resident = visit("resident")
    resident.go(HOME)
    resident.page.locator("section:has(#further) a").first.click()
    resident.page.wait_for_load_state()
    assert resident.page.locator("h1").count() == 1


@pytest.mark.parametrize("who", [None, "resident"])
def test_back_and_forward_lead_where_one_was(visit, who):
    visitor = visit(who)
    visitor.go(f"{HOME}cases/")
    visitor.page.locator("nav.ml-seg a.ml-chip").nth(2).click()
    visitor.page.wait_for_url("**state=in_hand**")
    narrowed = visitor.page.url
    visitor.page.locator(".ml-list a.ml-row").first.click()
    visitor.page.wait_for_url("**/cases/*-*/")
    case = visitor.page.url
    visitor.page.go_back()
    assert visitor.page.url == narrowed
    visitor.page.go_forward()
    assert visitor.page.url == case
    assert visitor.page.locator(".ml-slips").count() == 1


def overflowing(page):
    """Tell whether the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
