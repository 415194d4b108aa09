"""Rows of lists say no more than the rules allow: to every kind of viewer, of every kind of case."""

from dataclasses import replace
from itertools import product

import pytest

from mulin.cases import queries, rules
from mulin.cases.api.lists import _shown
from mulin.cases.models import Case
from mulin.cases.pages import lists
from mulin.kernel.clock import CLOCK, SYSTEM, now
from mulin.kernel.engine import save_adopted
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.territory.queries import places

from .factories import make_town

WORDS = "三楼的灯不亮。老人下楼看不清台阶。"


def cases_of(town):
    """Every kind of case that the rules tell apart."""
    kinds = product(
        (True, False), (True, False), (town.resident, None), (town.officer_post, None),
        (town.neighbour.person_id, None), (rules.GRID, rules.TOP), ("", "灯坏了"),
    )  # fmt: skip
    at, category = now(), town.category("lamp")
    made = [
        Case(
            community=town.community, category=category, number=f"B-{n}", state="in_hand", disclosure="named",
            words=WORDS, happened_at=at, created_at=at, lon=117.1, lat=39.2, is_public=public, is_behalf=behalf,
            reporter_account=reporter and reporter.account_id, post=post, leader_id=leader, level=level,
            public_summary=summary,
        )
        for n, (public, behalf, reporter, post, leader, level, summary) in enumerate(kinds)
    ]  # fmt: skip
    save_adopted(made)
    return made


def viewers_of(town, cases):
    """Every kind of viewer that the rules tell apart."""
    here, some = town.community.pk, frozenset(case.pk for case in cases[::5])
    oversees = Viewer(account_id=cases[0].pk, community_id=here, capabilities=frozenset({"cases.oversee"}))
    return {
        "nobody": NOBODY,
        "a guest": replace(NOBODY, community_id=here),
        "who has the code": replace(NOBODY, community_id=here, holds=some),
        "the reporter": town.resident,
        "the reporter elsewhere": replace(town.resident, community_id=None, person_id=None),
        "the leader": town.neighbour,
        "the leader with a code": replace(town.neighbour, holds=some),
        "the officer": town.officer,
        "the desk": town.worker,
        "the subdistrict": oversees,
        "the subdistrict, and at a post": replace(oversees, terms=town.officer.terms),
    }


@pytest.fixture
def towns(db):
    return make_town(), make_town("elsewhere")


def may_read(viewer, case):
    """Put the named rules together: what the moves and the pages go by."""
    return bool((rules.takes_part | rules.is_reporter)(viewer, case))


def test_what_one_may_read_is_the_same_by_the_rules_by_the_database_and_in_a_row(towns):
    told = set()
    for town in towns:
        cases = cases_of(town)
        known = places(town.community)
        mine = Case.objects.filter(community=town.community).order_by("pk")
        everyone = {f"{name} of {each}": v for each in towns for name, v in viewers_of(each, cases).items()}
        for name, viewer in everyone.items():
            read = {case.pk for case in cases if may_read(viewer, case)}
            assert {case.pk for case in cases if rules.sees_everything(viewer, case)} == read, name
            assert set(mine.readable_to(viewer).values_list("pk", flat=True)) == read, name
            for row in queries.rows(mine, viewer, town.community, known):
                case = next(case for case in cases if case.pk == row.pk)
                title = case.title if row.pk in read else case.shown_title
                assert (row.words, row.lon) == ((WORDS, 117.1) if row.pk in read else ("", None)), name
                assert (row.title, lists.row(row, 1)["title"], _shown(row, "").title) == (title,) * 3, name
                assert row.is_mine == rules.is_reporter(viewer, case), name
            told.add((bool(read), len(read) == len(cases)))
        for actor in (CLOCK, SYSTEM):
            assert not any(rules.sees_everything(actor, case) for case in cases)
    assert told == {(False, False), (True, False), (True, True)}


def test_whatever_one_reads_or_handles_one_sees_and_nothing_else_that_is_not_public(towns):
    for town in towns:
        cases = cases_of(town)
        everyone = {f"{name} of {each}": v for each in towns for name, v in viewers_of(each, cases).items()}
        for name, viewer in everyone.items():
            found = Case.objects.filter(community=town.community)
            seen = set(found.visible_to(viewer).values_list("pk", flat=True))
            read = set(found.readable_to(viewer).values_list("pk", flat=True))
            own = {case.pk for case in cases if case.reporter_account and case.reporter_account == viewer.account_id}
            assert seen == {case.pk for case in cases if case.is_public} | read | own, name
            handled = {case.pk for case in cases if rules.takes_part(viewer, case)}
            assert set(found.handled_by(viewer).values_list("pk", flat=True)) == handled, name


def test_a_row_is_what_its_case_is(towns):
    town, _other = towns
    town.report()
    town.report(by=town.neighbour, disclosure="confidential")
    [*cases] = Case.objects.for_list().order_by("pk")
    listed = queries.rows(Case.objects.order_by("pk"), town.worker, town.community, places(town.community))
    queries.name_posts(listed, town.community)
    shared = set(queries.Row.__struct_fields__) - {"kind", "folder", "is_mine", "post"}
    for row, case in zip(listed, cases, strict=True):
        assert {name: getattr(row, name) for name in shared} == {name: getattr(case, name) for name in shared}
        assert row.get_absolute_url() == case.get_absolute_url()
        assert (row.kind, row.post) == (str(case.category), str(case.post))
