"""Notices on pages: written, posted, corrected; the board, its search and its pages."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulin.cases.tests.callers import Caller
from mulin.cases.tests.factories import make_town
from mulin.notices import actions
from mulin.notices.tests.walks import (
    GIVEN,
    again,
    draft,
    later,
    main,
    posted,
    text,
)  # fmt: skip

ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = "The wall stands on our ground."


# ---- writing and posting ----


def test_a_notice_is_written_looked_at_changed_and_posted(web, town, base):
    worker = web(town.worker)
    assert f"{base}new/" in text(worker.get(base))
    made = worker.post(f"{base}new/", {**GIVEN, "once": "a"})
    assert worker.post(f"{base}new/", {**GIVEN, "once": "a"})["Location"] == made["Location"]
    url = made["Location"]
    assert "as everyone will see it" in main(worker.get(url))
    sent = {"title": "Plan, once more", "text": "Of wood.", "days": "9", "version": "1"}
    assert worker.post(f"{url}amend/", sent).status_code == 302
    assert worker.post(f"{url}post/", {}).status_code == 302
    page = main(web().get(url))
    assert ("Plan, once more" in page, "9 days left" in page or "10 days left" in page) == (True, True)
    assert "B-2026-N001" in page


def test_who_does_not_post_notices_finds_no_way_to_write_one(web, town, base):
    for viewer in (town.resident, town.officer, None):
        assert web(viewer).get(f"{base}new/").status_code == 404
        assert "notices/new/" not in text(web(viewer).get(base))


def test_too_few_days_are_refused_beside_the_field(web, town, base):
    answer = web(town.worker).post(f"{base}new/", {**GIVEN, "days": "3"})
    assert answer.status_code == 422
    assert "at least 7 days" in answer.content.decode()
    assert GIVEN["text"] in answer.content.decode()


def test_a_draft_is_there_for_nobody_else(web, town, base):
    notice, elsewhere = draft(town), make_town("other")
    for viewer in (town.resident, town.officer, elsewhere.worker, None):
        assert web(viewer).get(notice.get_absolute_url()).status_code == 404
        assert web(viewer).get(f"{notice.get_absolute_url()}sheet/").status_code == 404
    assert Caller(town).get(f"/notices/{notice.pk}").status_code == 404
    assert notice.title not in text(web().get(base))
    assert notice.title not in text(web().get(f"{base}feed.atom"))
    assert notice.title in main(web(town.worker_two).get(f"{base}mine/"))


def test_a_posted_one_is_corrected_by_a_new_one_that_says_why(web, town, base):
    old, worker = posted(town), web(town.worker)
    form = f"{base}new/?replaces={old.pk}"
    assert form in text(worker.get(old.get_absolute_url()))
    assert old.title in text(worker.get(form))
    sent = {**GIVEN, "title": "Corrected", "replaces": str(old.pk)}
    assert worker.post(form, sent).status_code == 422
    made = worker.post(form, {**sent, "reason": "The sum was wrong"})["Location"]
    assert worker.post(f"{made}post/", {}).status_code == 302
    page = main(web().get(made))
    assert ("The sum was wrong" in page, old.get_absolute_url() in page) == (True, True)
    page = main(web().get(old.get_absolute_url()))
    assert ("corrected notice" in page, made in page, GIVEN["text"] in page) == (True, True, True)


# ---- the board ----


def test_the_board_has_what_is_open_first_and_past_ones_apart(web, town, base):
    first = posted(town, title="Ends late", days=20)
    later(days=1)
    soon = posted(town, title="Ends soon")
    gone = actions.withdraw(posted(town, title="Gone"), by=town.worker, reason="x")
    short = posted(town, kind="general", title="Settled already", days=3)
    later(days=4)
    page = main(web().get(base))
    assert [page.index(each.title) for each in (soon, first, short)] == sorted(
        page.index(each.title) for each in (soon, first, short)
    )
    assert gone.title not in page
    assert gone.title in main(web().get(f"{base}?part=past"))
    assert first.title not in main(web().get(f"{base}?part=past"))


def test_the_board_is_searched_and_narrowed_by_kind(web, town, base):
    gate, lamp = posted(town), posted(town, kind="affairs", title="Lamps", text="Ten lamps.")
    for query, there in (
        ("q=gate", gate), ("q=steel", gate), (f"q={lamp.number}", lamp), ("kind=affairs", lamp),
        ("q=ten&kind=affairs", lamp),
    ):  # fmt: skip
        page = main(web().get(f"{base}?{query}"))
        assert [each.title in page for each in (gate, lamp)] == [each is there for each in (gate, lamp)]
    assert "Nothing here fits" in main(web().get(f"{base}?q=nowhere"))
    found = Caller(town).get("/notices?kind=affairs&q=lamps").json()["items"]
    assert [each["title"] for each in found] == ["Lamps"]


def test_an_empty_board_says_so(web, town, base):
    assert "Nothing is posted now" in main(web().get(base))
    assert "Nothing waits for you" in main(web(town.resident).get(f"{base}mine/"))


def test_the_board_is_cut_into_pages(web, town, base):
    notice = posted(town)
    later(days=8)
    rows = [again(notice)]
    for number in range(31):
        rows.append(posted(town, title=f"No. {number}", kind="general"))
    later(days=4)
    page = text(web().get(base))
    assert 'rel="next"' in page
    further = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert notice.title in main(web().get(f"{base}{further}"))


def test_the_board_costs_the_same_with_many_notices(web, town, base):
    def counted():
        client = web()
        client.get(base)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(base)
        return len(queries)

    posted(town)
    one = counted()
    for _ in range(8):
        posted(town)
    assert counted() == one <= 8


def test_the_rules_of_every_kind_are_there_to_read(web, base):
    page = main(web().get(f"{base}kinds/"))
    assert "《中华人民共和国城市居民委员会组织法》第三十四条" in page
    assert "15 days at least" in page
