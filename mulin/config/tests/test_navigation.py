"""Which entries a role has: five at most on a phone, by headings at a desk, and only what one may do."""

from collections import Counter
from types import SimpleNamespace

import pytest

from mulin.config.navigation import entries
from mulin.kernel.viewer import Held, Viewer
from mulin.web.templatetags.web import further, tabs

BAOCUI = SimpleNamespace(slug="baocui")
ONE = "01900000-0000-7000-8000-000000000000"


def viewer(*can, terms=True, someone=True):
    held = (Held(ONE, "kind", "community", None, frozenset(can)),) if terms and can else ()
    return Viewer(account_id=ONE if someone else None, terms=held, capabilities=frozenset(can))


def names(found):
    return [entry.url for entry in found]


@pytest.mark.parametrize(
    "who",
    [
        viewer(someone=False), viewer(), viewer("cases.handle"), viewer("cases.lead"),
        viewer("cases.desk", "people.keep", "people.invite", "places.draw"), viewer("cases.oversee", terms=False),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("mode", "room"), [("plain", 5), ("elder", 3)])
def test_a_phone_has_five_entries_at_most_and_three_in_the_large_view(who, mode, room):
    shared = tabs(entries("/baocui/", who, BAOCUI), mode)
    assert len(shared["shown"]) + bool(shared["rest"]) <= room
    assert any(entry.main for entry in shared["shown"])


def test_who_only_oversees_begins_with_the_overview_and_has_no_tools_of_the_desk():
    found = entries("/baocui/", viewer("cases.oversee", terms=False), BAOCUI)
    assert found[0].url == "/baocui/overview/"
    assert not any("/import/" in entry.url for entry in found)


def test_a_desk_has_headings_and_a_resident_none():
    assert len({entry.group for entry in entries("/baocui/", viewer("cases.desk"), BAOCUI)}) >= 3
    assert {entry.group for entry in entries("/baocui/", viewer(), BAOCUI)} == {""}


def test_a_desk_has_few_entries_under_each_heading_and_what_today_needs_first():
    """The side bar shows the first group and the one where one is: both fit a window of 900 pixels."""
    can = ("cases.desk", "people.keep", "people.invite", "people.audit", "places.draw")
    groups = Counter(entry.group for entry in entries("/baocui/", viewer(*can), BAOCUI) if entry.group)
    assert len(groups) == 6
    assert max(groups.values()) <= 9, groups


def test_what_a_phone_has_no_room_for_is_listed_elsewhere():
    """No entry gets lost: the tab bar has it, or the first page does."""
    listed = entries("/baocui/", viewer("cases.handle"), BAOCUI)
    shown = tabs(listed)["shown"]
    assert {*names(shown), *names(further(listed))} == set(names(listed))


def test_one_entry_is_marked_the_nearest_above_where_one_is():
    desk = viewer("cases.desk")
    paths = ("/baocui/cases/queue/", "/baocui/people/x/", "/baocui/places/grid/x/", "/baocui/unknown/")
    at = {
        path: [(each.url, each.current) for each in entries(path, desk, BAOCUI) if each.current] for path in paths
    }  # fmt: skip
    assert at["/baocui/cases/queue/"] == [("/baocui/cases/queue/", "page")]
    assert at["/baocui/people/x/"] == [("/baocui/people/", "true")]
    assert at["/baocui/places/grid/x/"] == [("/baocui/places/", "true")]
    assert at["/baocui/unknown/"] == []


def test_a_page_of_a_resident_does_not_mark_home():
    assert not any(entry.current for entry in entries("/baocui/notifications/", viewer(), BAOCUI))
