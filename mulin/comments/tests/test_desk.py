"""What those who keep the pages see and do, and a heated matter from its beginning to its end (C9)."""

import pytest

from mulin.cases.tests.callers import Caller
from mulin.comments import actions
from mulin.comments.figures import GROUNDS
from mulin.comments.models import Comment, Pause
from mulin.comments.tests.walks import (
    WORDS,
    again,
    asked,
    incident,
    later,
    main,
    reported,
    text,
    written,
)


def ref(noun):
    return f"{noun._meta.label_lower}:{noun.pk}"


def shown(client, noun):
    """What a matter's page says in its panel of comments."""
    return text(client.get(noun.get_absolute_url())).split('id="comments"', 1)[1].split("</main", 1)[0]


# ---- those who keep the pages ----


def test_the_queue_is_for_those_who_keep_the_pages(web, town, base):
    comment = reported(town)
    asked(town, written(town), by=town.worker)
    for viewer in (town.resident, town.officer):
        assert web(viewer).get(base).status_code == 404
        assert Caller(town, viewer).get("/comments?reported=true").status_code == 403
    assert "/sign-in/" in web().get(base)["Location"]
    worker = web(town.worker_two)
    page = main(worker.get(base))
    assert (WORDS in page, "Insults or threatens somebody" in page, "Zhao" in page) == (True, True, False)
    assert comment.get_absolute_url() in page
    assert "I only asked." not in page
    assert main(worker.get(f"{base}?list=asked")).count("Look at it") == 1
    assert main(worker.get(f"{base}?list=hidden")).count("Look at it") == 1
    found = Caller(town, town.worker_two).get("/comments?reported=true").json()["items"]
    assert [row["reports"][0]["words"] for row in found] == ["It is rude."]
    one = main(worker.get(comment.get_absolute_url()))
    assert ("It is rude." in one, "is no reason to hide it" in one) == (True, True)
    assert "It is rude." not in main(web(town.resident).get(comment.get_absolute_url()))
    actions.keep(again(comment), by=town.worker)
    assert "Nobody reported a comment." in main(worker.get(base))


def test_a_report_sent_twice_is_one_and_a_second_one_is_refused(web, town):
    comment, neighbour = written(town), web(town.neighbour)
    url = f"{comment.get_absolute_url()}report/"
    assert "not even they" in text(neighbour.get(url))
    sent = {"reason": "insult", "words": "Rude.", "once": "a"}
    assert neighbour.post(url, sent).status_code == 302
    assert neighbour.post(url, sent).status_code == 302
    assert again(comment).reports_open == 1
    assert neighbour.get(url).status_code == 409
    assert web().post(url, sent).status_code in (302, 403)
    assert again(comment).reports_open == 1


# ---- heated matters (C9) ----


@pytest.mark.story("C9")
def test_a_heated_matter_cools_off_and_what_insults_is_hidden_with_its_reason_on_pages(web, town, base):
    on, worker, resident = incident(town), web(town.worker), web(town.resident)
    resident.post(f"{base}write/", {"on": ref(on), "words": "The guard is a dog."})
    comment = Comment.objects.get()
    url = comment.get_absolute_url()
    assert web(town.neighbour).post(f"{url}report/", {"reason": "insult"}).status_code == 302
    assert worker.post(f"{url}hide/", {"reason": "insult", "words": "It insults a guard."}).status_code == 302
    assert "The guard is a dog." not in shown(web(town.neighbour), on)
    assert "It insults a guard." in shown(web(), on)
    assert "ask once" in main(resident.get(url))
    assert resident.post(f"{url}ask/", {"words": "He hit me first."}).status_code == 302
    assert worker.post(f"{url}decide/", {"outcome": "show", "words": "x"}).status_code == 403
    said = {"outcome": "stay", "words": "Say what he did, without the name."}
    assert web(town.worker_two).post(f"{url}decide/", said).status_code == 302
    assert "it stays hidden: Say what he did" in shown(web(), on)
    sent = {"on": ref(on), "reason": "heated", "words": "The police look into it. Let us sleep on it.", "hours": 24}
    assert worker.post(f"{base}pauses/new/", sent)["Location"] == f"{on.get_absolute_url()}#comments"
    for client in (resident, worker):
        page = shown(client, on)
        assert ("It has become too heated" in page, "<textarea" in page) == (True, False)
    assert "nobody in particular is held back" in main(web().get(Pause.objects.get().get_absolute_url()))
    later(hours=24, minutes=1)
    assert "<textarea" in shown(resident, on)


@pytest.mark.story("C9")
def test_a_heated_matter_cools_off_and_what_insults_is_hidden_with_its_reason_over_the_api(town):
    on = incident(town)
    resident, neighbour = Caller(town, town.resident), Caller(town, town.neighbour)
    worker, other = Caller(town, town.worker), Caller(town, town.worker_two)
    made = resident.post("/comments", {"on": ref(on), "words": "The guard is a dog."})
    assert made.status_code == 201, made.content
    url = f"/comments/{made.json()['id']}"
    assert neighbour.post(f"{url}/report", {"reason": "insult"}).status_code == 200
    assert worker.post(f"{url}/hide", {"reason": "insult", "words": "It insults a guard."}).status_code == 200
    assert neighbour.get(url).json()["hidden"]["words"] == "It insults a guard."
    assert resident.post(f"{url}/ask", {"words": "He hit me first."}).json()["state"] == "asked"
    assert worker.post(f"{url}/decide", {"outcome": "show", "words": "x"}).status_code == 403
    assert other.post(f"{url}/decide", {"outcome": "show", "words": "It was a quote."}).json()["state"] == "shown"
    sent = {"on": ref(on), "reason": "heated", "words": "Let us sleep on it.", "hours": 2}
    pause = worker.post("/comment-pauses", sent)
    assert pause.status_code == 201, pause.content
    refused = neighbour.post("/comments", {"on": ref(on), "words": "No."})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "cooling_off")
    assert Caller(town).get(f"/comment-pauses?on={ref(on)}").json()["items"][0]["reason"] == "It has become too heated"
    assert worker.post(f"/comment-pauses/{pause.json()['id']}/lift").status_code == 200
    assert neighbour.post("/comments", {"on": ref(on), "words": "No."}).status_code == 201
    assert len(Caller(town).get(f"/comments?on={ref(on)}").json()["items"]) == 2


def test_answers_are_written_and_listed_over_the_api(town):
    comment = written(town)
    resident = Caller(town, town.neighbour)
    sent = {"on": ref(comment.subject), "words": "No.", "answers": str(comment.pk)}
    assert resident.post("/comments", sent).json()["answers_id"] == str(comment.pk)
    found = Caller(town).get(f"/comments?answers={comment.pk}").json()["items"]
    assert [row["words"] for row in found] == ["No."]


def test_a_kind_that_nobody_registered_has_no_panel(web, town, monkeypatch):
    on = incident(town)
    monkeypatch.delitem(GROUNDS, "incidents.incident")
    assert 'id="comments"' not in text(web(town.resident).get(on.get_absolute_url()))
