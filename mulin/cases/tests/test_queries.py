"""What is found for a form and a page: similar cases, what was sent before, posts to choose from, their names."""

from django.utils import translation

from mulin.cases import queries
from mulin.cases.models import Case
from mulin.kernel.engine import Once
from mulin.kernel.viewer import Viewer
from mulin.people import actions as people
from mulin.territory.queries import places

from .browsing import go
from .callers import guest
from .factories import town

__all__ = ["go", "guest", "town"]


def test_a_program_finds_what_the_page_finds(town, go, guest):
    case, parent = town.report(category=town.category("lamp")), town.category("lamp").parent
    town.report(place=town.where(2), category=town.category("noise"))
    short = case.number.rpartition("-")[2].lstrip("0")
    asks = ({"q": short}, {"q": "1号楼"}, {"q": str(case.category)}, {"category": parent.key}, {"grid": "1"})
    for asked in asks:
        [found] = guest.client.get(f"{guest.base}/cases", asked).json()["items"]
        [row] = go("list", **asked).context["rows"]
        assert row["case"].number == found["number"] == case.number, asked


def test_a_report_without_a_name_was_sent_by_whoever_is_signed_in(town):
    once = Once("a-click", b"")
    assert not queries.was_sent(town.community, town.resident, once.key)
    town.report(disclosure="anonymous", once=once)
    assert queries.was_sent(town.community, town.resident, once.key)


def test_only_posts_that_handle_cases_are_offered_for_one(town):
    for key in ("supervisor", "mediator"):
        post = people.add_post(by=town.worker, community=town.community, kind=town.kinds[key], title=key)
        town.give(town.person(key, key), post)
    offered = {post.kind.key for post in queries.posts_that_handle(town.community)}
    assert offered == {"grid_officer", "community_worker", "mediator"}


def test_a_post_kind_without_an_english_name_keeps_its_own_in_a_row(town):
    type(town.officer_post.kind).objects.update(name_en="")
    town.report()
    with translation.override("en"):
        [row] = queries.rows(Case.objects.all(), town.worker, town.community, places(town.community))
        queries.name_posts([row], town.community)
        assert row.post == str(type(town.officer_post).objects.get(pk=row.post_id)) == "网格员"
        actor = town.officer.actor
        assert str(queries.names(Case.objects.get(), town.worker, {actor})[actor]) == "网格员 Chen"


def test_the_subdistrict_reads_no_confidential_case_before_it_comes_up(town):
    case = town.report(disclosure="confidential")
    above = Viewer(account_id=case.pk, community_id=town.community.pk, capabilities=frozenset({"cases.oversee"}))
    assert not Case.objects.visible_to(above).exists()
    public = town.report(by=town.neighbour)
    assert Case.objects.visible_to(above).get() == public
    assert not Case.objects.visible_to(above).readable_to(above).exists()
