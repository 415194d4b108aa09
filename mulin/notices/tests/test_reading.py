"""Who reads what of notices and objections, on pages and over the API; paper, feed and proof."""

from xml.etree import ElementTree

import pytest
from django.db import connection

from mulin.cases.tests.callers import Caller
from mulin.cases.tests.factories import make_town
from mulin.notices import actions
from mulin.notices.models import Notice, Objection
from mulin.notices.tests.walks import (
    GIVEN,
    again,
    answered,
    draft,
    for_subject,
    main,
    objected,
    posted,
    posted_list,
    text,
)  # fmt: skip
from mulin.people.actions import join
from mulin.people.models import Person

ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = "The wall stands on our ground."


# ---- objections: who reads what ----


def test_a_resident_objects_is_answered_and_everyone_reads_the_one_sentence(web, town, base):
    notice, resident = posted(town), web(town.resident)
    url = notice.get_absolute_url()
    form = f"{base}objections/new/?notice={notice.pk}"
    assert form in text(resident.get(url))
    made = resident.post(form, {"words": WORDS, "notice": str(notice.pk), "once": "a"})
    assert resident.post(form, {"words": WORDS, "notice": str(notice.pk), "once": "a"})["Location"] == made["Location"]
    assert Objection.objects.count() == 1
    assert WORDS in main(resident.get(made["Location"]))
    assert made["Location"] in text(resident.get(url))
    worker = web(town.worker)
    assert WORDS in main(worker.get(f"{base}mine/"))
    sent = {"outcome": "rejected", "words": "Your deed is of 1988.", "published": "The deeds were looked at."}
    assert (
        worker.post(f"{made['Location']}answer/", {**sent, "published": "Wang 510104198803121234"}).status_code == 422
    )
    assert worker.post(f"{made['Location']}answer/", sent).status_code == 302
    page = main(web().get(url))
    assert ("The deeds were looked at." in page, "1988" in page, WORDS in page, "Wang" in page) == (
        True, False, False, False,
    )  # fmt: skip
    assert "Your deed is of 1988." in main(resident.get(made["Location"]))
    assert resident.post(f"{made['Location']}accept/", {}).status_code == 302


def test_name_and_words_of_an_objector_are_read_by_few(web, town, base):
    objection = objected(town, wish="A smaller wall")
    elsewhere = make_town("other")
    url = objection.get_absolute_url()
    for viewer in (town.resident, town.worker, town.worker_two):
        assert WORDS in main(web(viewer).get(url))
        assert Caller(town, viewer).get(f"/objections/{objection.pk}").json()["words"] == WORDS
    for viewer in (town.neighbour, town.officer, elsewhere.worker):
        assert web(viewer).get(url).status_code == 404
        assert web(viewer).post(f"{url}take_back/", {}).status_code == 404
    assert "/sign-in/" in web().get(url)["Location"]
    for viewer in (town.neighbour, town.officer, None):
        assert Caller(town, viewer).get("/objections").json()["items"] == []
        assert Caller(town, viewer).get(f"/objections/{objection.pk}").status_code == 404
        page = text(web(viewer).get(objection.notice.get_absolute_url()))
        assert (WORDS in page, "A smaller wall" in page, "Wang" in page) == (False, False, False)
        assert "1 objection is not settled yet" in page
    assert Caller(town).get(f"/notices/{objection.notice_id}").json()["objections"] == 1


def test_the_words_of_an_objection_are_sealed_in_the_database(town):
    objected(town, wish="A smaller wall")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, wish FROM notices_objection")
        stored = "".join(cursor.fetchone())
    assert "wall" not in stored


def test_nobody_signs_in_to_read_and_somebody_does_to_object(web, town, base):
    notice = posted(town)
    page = main(web().get(notice.get_absolute_url()))
    assert "sign in first" in page
    assert "objections/new" not in page
    assert "/sign-in/" in web().get(f"{base}objections/new/?notice={notice.pk}")["Location"]
    assert web(town.resident).get(f"{base}objections/new/").status_code == 404
    answer = Caller(town).post("/objections", {"notice": str(notice.pk), "words": "No"})
    assert answer.status_code in (401, 403)


def test_the_queue_has_what_waits_for_those_who_answer(web, town, base):
    objection = objected(town)
    draft(town, title="A draft")
    page = main(web(town.worker).get(f"{base}mine/"))
    for words in ("Objections to answer", "Drafts", "A draft", "Posted now"):
        assert words in page
    page = main(web(town.resident).get(f"{base}mine/"))
    assert ("Your objections" in page, "Drafts" in page) == (True, False)
    found = Caller(town, town.worker).get("/objections?to_answer=true").json()["items"]
    assert [each["id"] for each in found] == [str(objection.pk)]


def test_a_second_person_agrees_on_the_page(web, town):
    from mulin.notices.tests.walks import with_list

    notice = with_list(town)
    url, worker = notice.get_absolute_url(), web(town.worker)
    assert worker.post(f"{url}post_list/", {}).status_code == 302
    assert f"{url}post_list/agree/" not in text(worker.get(url))
    other = web(town.worker_two)
    assert "王**" in main(other.get(url))
    assert f"{url}post_list/agree/" in text(other.get(url))
    assert other.post(f"{url}post_list/agree/", {"agree": "yes"}).status_code == 302
    assert again(notice).state == "posted"


# ---- proof, paper, feed ----


def test_anyone_finds_the_line_of_the_log_that_holds_it_and_can_prove_it(web, town):
    notice = posted(town)
    told = Caller(town).get(f"/notices/{notice.pk}/proof").json()
    line = told["steps"][0]["line"]
    proof = Caller(town).get(f"/log/proof?seq={line}&size={told['size']}").json()
    assert str(notice.pk) in str(proof)
    assert f"seq={line}&amp;size={told['size']}" in text(web().get(notice.get_absolute_url()))
    assert told["digest"] == notice.digest in text(web().get(notice.get_absolute_url()))


def test_the_sheet_has_the_code_the_days_and_the_head_of_the_log(web, town):
    notice = posted(town)
    page = text(web().get(f"{notice.get_absolute_url()}sheet/"))
    head = Caller(town).get("/log/head").json()
    assert "<svg" in page
    assert f"{head['size']} lines" in page
    assert notice.digest in page
    assert head["root"] in page.replace(" ", "")
    assert "Take down on" in page


def test_the_feed_is_atom_and_holds_no_list(web, town, base):
    plan, listed = posted(town, title='Gate & "wall" <1>', text="A < B & C"), posted_list(town)
    answer = web().get(f"{base}feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith("/notices/feed.atom")
    entries = {entry.findtext(f"{ATOM}id"): entry for entry in feed.findall(f"{ATOM}entry")}
    assert set(entries) == {f"urn:uuid:{plan.pk}", f"urn:uuid:{listed.pk}"}
    one = entries[f"urn:uuid:{plan.pk}"]
    assert (one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}content")) == ('Gate & "wall" <1>', "A < B & C")
    for entry in entries.values():
        for name in ("updated", "published"):
            assert entry.findtext(f"{ATOM}{name}").startswith("2026-11-23T")
            assert entry.findtext(f"{ATOM}{name}")[-6] in "+-" or entry.findtext(f"{ATOM}{name}").endswith("Z")
    people = entries[f"urn:uuid:{listed.pk}"]
    assert people.find(f"{ATOM}content") is None
    assert "王" not in ElementTree.tostring(people, encoding="unicode")
    assert web().get(f"{base}feed.atom", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    actions.withdraw(plan, by=town.worker, reason="x")
    assert web().get(f"{base}feed.atom", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_an_empty_feed_is_a_feed(web, town, base):
    feed = ElementTree.fromstring(web().get(f"{base}feed.atom").content)
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated")


def test_what_belongs_to_another_matter_names_it_and_is_not_corrected_by_hand(web, town, base):
    notice = for_subject(town)
    page = text(web(town.worker).get(notice.get_absolute_url()))
    assert (f"{notice.get_absolute_url()}withdraw/" in page, "replaces=" in page) == (False, False)
    assert "Belongs to" in page
    assert web(town.worker).get(f"{base}new/?replaces={notice.pk}").status_code in (200, 404)
    sent = {**GIVEN, "kind": "vote", "replaces": str(notice.pk), "reason": "x"}
    assert web(town.worker).post(f"{base}new/?replaces={notice.pk}", sent).status_code == 422
    assert Notice.objects.count() == 1


# ---- people ----


def test_who_is_entered_twice_takes_objections_along(town):
    objection = answered(town)
    stays = Person.objects.get(pk=town.person("Wang", "wang2").person_id)
    gone = Person.objects.get(pk=town.resident.person_id)
    assert objection.objector_id == gone.pk
    join(stays, gone)
    assert Objection.objects.get().objector_id == gone.pk


@pytest.mark.parametrize("viewer", ["resident", "worker"])
def test_people_are_told_what_is_known_of_them(town, viewer):
    from mulin.notices.queries import tell_notices, tell_objections

    answered(town)
    account = getattr(town, viewer).account_id
    assert len(tell_objections(account)) == 1
    assert len(tell_notices(account)) == (viewer == "worker")
