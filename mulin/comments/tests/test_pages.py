"""Comments on pages and over the API: who reads which names and words, where one writes, what the desk sees."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulin.cases.tests.callers import Caller
from mulin.cases.tests.factories import make_town
from mulin.comments import actions, queries
from mulin.comments.figures import ROWS
from mulin.comments.models import Comment
from mulin.comments.tests.walks import (
    WORDS,
    cooled,
    hidden,
    incident,
    main,
    text,
    written,
)
from mulin.kernel import clock
from mulin.people.queries import load_viewer


def ref(noun):
    return f"{noun._meta.label_lower}:{noun.pk}"


def shown(client, noun):
    """What a matter's page says in its panel of comments."""
    return text(client.get(noun.get_absolute_url())).split('id="comments"', 1)[1].split("</main", 1)[0]


# ---- writing ----


def test_one_field_on_the_page_of_the_matter_and_the_answer_under_it(web, town, base):
    on, resident = incident(town), web(town.resident)
    page = shown(resident, on)
    assert f'action="{base}write/"' in page
    sent = {"on": ref(on), "words": WORDS, "once": "a"}
    made = resident.post(f"{base}write/", sent)
    assert made["Location"] == f"{on.get_absolute_url()}#comments"
    assert resident.post(f"{base}write/", sent)["Location"] == made["Location"]
    comment = Comment.objects.get()
    assert WORDS in shown(resident, on)
    assert resident.post(f"{base}write/", {"on": ref(on), "words": "No.", "answers": comment.pk}).status_code == 302
    page = shown(web(town.neighbour), on)
    assert page.index(WORDS) < page.index("No.")
    assert re.search(r"What neighbours say <span[^>]*>2<", page)


def test_what_lacks_is_said_above_the_words_that_were_written(web, town, base):
    on, resident = incident(town), web(town.resident)
    answer = resident.post(f"{base}write/", {"on": ref(on), "words": "x" * 1001})
    assert answer.status_code == 422
    assert f'value="{ref(on)}"' in answer.content.decode()
    cooled(town, on)
    answer = resident.post(f"{base}write/", {"on": ref(on), "words": WORDS})
    assert answer.status_code == 409
    assert "cools off until Tue 24 Nov 09:00" in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_who_may_not_write_is_told_so_and_has_no_field(web, town, base):
    on, stranger = incident(town), make_town("other")
    assert "can sign in and say something" in shown(web(), on)
    visitor = web(stranger.resident)
    assert "Residents can say something here." in shown(visitor, on)
    assert "<textarea" not in shown(visitor, on)
    assert visitor.post(f"{base}write/", {"on": ref(on), "words": WORDS}).status_code == 403
    assert "/sign-in/" in web().post(f"{base}write/", {"on": ref(on), "words": WORDS})["Location"]
    assert not Comment.objects.exists()


@pytest.mark.parametrize("on", ["", "cases.case:x", "incidents.incident:x", "people.person:%s", "nonsense"])
def test_what_cannot_be_commented_is_not_there(web, town, base, on):
    key = on.replace("%s", str(town.resident.person_id))
    for path in ("write/", "pauses/new/"):
        assert web(town.worker).get(f"{base}{path}?on={key}").status_code == 404
    assert Caller(town, town.resident).post("/comments", {"on": key, "words": WORDS}).status_code in (404, 422)


# ---- who reads what ----


def test_names_are_plain_among_neighbours_and_masked_for_everyone_else(web, town):
    comment, stranger = written(town), make_town("other")
    url = f"/comments/{comment.pk}"
    assert "<b>Wang</b>" in shown(web(town.neighbour), comment.subject)
    assert Caller(town, town.neighbour).get(url).json()["writer"] == "Wang"
    assert "Wang" not in shown(web(), comment.subject)
    assert "W***" in shown(web(), comment.subject)
    assert "Wang" not in main(web(stranger.resident).get(comment.get_absolute_url()))
    assert Caller(town).get(url).json()["writer"] == "W***"
    visitor = load_viewer(stranger.resident.account_id, town.community)
    assert comment.name_for(visitor) == "W***"
    assert comment.name_for(replace(town.neighbour, is_guest=True)) == "W***"


def test_a_hidden_comment_leaves_its_reason_and_nobody_reads_its_words(web, town):
    comment = hidden(town)
    for viewer in (None, town.neighbour, town.officer):
        for page in (shown(web(viewer), comment.subject), main(web(viewer).get(comment.get_absolute_url()))):
            assert "Hidden: Insults or threatens somebody" in page
            assert "It calls somebody names." in page
            assert "by the community&#x27;s desk" in page or "by the community's desk" in page
            assert WORDS not in page
        told = Caller(town, viewer).get(f"/comments/{comment.pk}").json()
        assert (told["words"], told["hidden"]["reason"]) == ("", "Insults or threatens somebody")
    for viewer in (town.resident, town.worker_two):
        assert WORDS in shown(web(viewer), comment.subject)
        assert Caller(town, viewer).get(f"/comments/{comment.pk}").json()["words"] == WORDS


def test_a_withdrawn_one_leaves_a_line_and_no_name(web, town):
    comment = actions.withdraw(written(town), by=town.resident)
    page = shown(web(town.neighbour), comment.subject)
    assert "Withdrawn by its writer" in page
    assert "Wang" not in page.replace("Wang Zhao", "")
    assert WORDS not in page


def test_what_one_may_not_see_has_no_comments(web, town, base, monkeypatch):
    comment = written(town)
    model = type(comment.subject)
    monkeypatch.setattr(model.objects._queryset_class, "visible_to", lambda self, viewer: self.none())
    for viewer in (town.resident, town.worker, None):
        assert web(viewer).get(comment.get_absolute_url()).status_code == 404
        assert Caller(town, viewer).get(f"/comments/{comment.pk}").status_code == 404
        assert Caller(town, viewer).get("/comments").json()["items"] == []
    assert web(town.resident).post(f"{base}write/", {"on": ref(comment.subject), "words": "x"}).status_code == 404


def test_of_another_community_nothing_is_there(web, town):
    other = make_town("other")
    comment = written(other)
    url = comment.get_absolute_url().replace(other.community.slug, town.community.slug)
    assert web(town.resident).get(url).status_code == 404
    assert Caller(town, town.resident).get(f"/comments/{comment.pk}").status_code == 404
    assert Caller(town, town.resident).get(f"/comments?on={ref(comment.subject)}").status_code == 404


def test_a_long_discussion_is_paged_the_newest_first_with_and_without_htmx(web, town):
    on = incident(town)
    for n in range(ROWS + 2):
        written(town, on, (town.resident, town.neighbour, town.officer)[n % 3], f"No. {n:02}.")
        clock.advance(timedelta(minutes=1))
    page = shown(web(), on)
    assert page.index("No. 21.") < page.index("No. 02.")
    assert "No. 01." not in page
    further = re.search(r'rel="next" href="([^"]*)#comments"', page)[1].replace("&amp;", "&")
    older = text(web().get(on.get_absolute_url() + further)).split('id="comments"', 1)[1]
    assert ("No. 01." in older, "No. 02." in older, "The newest ones" in older) == (True, False, True)
    assert "No. 21." in text(web().get(f"{on.get_absolute_url()}?comments=nonsense"))


def test_many_answers_are_cut_and_all_on_the_page_of_the_comment(web, town):
    above = written(town)
    for n in range(12):
        by = (town.resident, town.neighbour)[n % 2]
        written(town, above.subject, by, f"Answer {n:02}.", answers=above)
    page = shown(web(), above.subject)
    assert ("Answer 09." in page, "Answer 10." in page, "All answers to this" in page) == (True, False, True)
    assert "Answer 11." in main(web().get(above.get_absolute_url()))


def test_a_discussion_costs_the_same_with_five_comments_and_with_fifty(town):
    on = incident(town)

    def statements(viewer):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            queries.discussion(on, viewer)
        return len(seen)

    above = [written(town, on, by) for by in (town.resident, town.neighbour)]
    written(town, on, town.officer, answers=above[0])
    few = statements(town.resident)
    for by in (town.resident, town.neighbour, town.officer, town.worker):
        for n in range(8):
            written(town, on, by, f"{n}", answers=above[n % 2] if n % 2 else None)
    assert (few, statements(town.resident), statements(load_viewer(None, town.community))) == (4, 4, 4)


def test_how_many_there_are_is_one_statement_for_a_list(town):
    one, two = incident(town), incident(town, title="No water")
    written(town, one), written(town, one, town.neighbour), hidden(town, written(town, two))
    with CaptureQueriesContext(connection) as seen:
        found = queries.how_many(town.community, "incidents.incident", [one.pk, two.pk])
    assert (found, len(seen)) == ({one.pk: 2}, 1)
