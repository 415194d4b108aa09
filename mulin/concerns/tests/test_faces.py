"""Confidential reports on pages and for programs: the whole way, and what is nobody else's."""

import pytest
from django.test import Client

from mulin.concerns.models import Bench as Named
from mulin.concerns.models import Concern, Finding
from mulin.entry import actions as entry
from mulin.entry.tests.factories import sign_in
from mulin.kernel.worker import read_on
from mulin.people import actions as people
from mulin.people.models import Organisation

from .walks import GROUND, WORDS, now, person

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
RELEASED = {"outcome": "founded", "measure": "dissolve", "ground": GROUND}


def browser(viewer=None):
    client = Client(headers=ENGLISH)
    if viewer is not None:
        sign_in(client, viewer)
    return client


def caller(town, viewer):
    _key, secret = entry.make_key(viewer.account_id, community=town.community, name="test", scopes=["read", "write"])
    return Client(headers={"authorization": f"Bearer {secret}", **ENGLISH})


def press(client, noun, verb, **given):
    """Send the form of a move from the page."""
    answer = client.post(f"{noun.get_absolute_url()}{verb}/", {"version": now(noun).version, **given})
    assert answer.status_code == 302, (verb, answer.content.decode()[-3000:])


def text_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def about(bench):
    return f"organisation:{bench.group.pk}"


def tell(client, bench, unnamed="no"):
    slug = bench.town.community.slug
    given = {"about": about(bench), "words": WORDS, "happened": "since May", "unnamed": unnamed}
    answer = client.post(f"/{slug}/concerns/new/", given)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Concern.objects.get(), answer.headers["Location"]


@pytest.mark.story("H15")
def test_a_member_tells_and_both_look_into_it(bench):
    town, slug = bench.town, bench.town.community.slug
    member, first, second = browser(town.resident), browser(bench.first), browser(bench.second)
    page = text_of(member, f"/{slug}/concerns/new/")
    assert page.index("Who reads it") < page.index("What happened?")
    assert "Ji" in page
    concern, sent = tell(member, bench)
    assert "Read by:" in text_of(member, sent)
    assert "Arts group" in text_of(first, f"/{slug}/concerns/")
    assert WORDS in text_of(first, concern.get_absolute_url())
    press(first, concern, "take_up")
    press(second, concern, "ask", words="Who saw it?")
    assert "Who saw it?" in text_of(member, concern.get_absolute_url())
    press(member, concern, "reply", words="All of us")
    press(first, concern, "note", words="The bank confirms it")
    assert "The bank confirms it" in text_of(second, concern.get_absolute_url())
    assert "The bank confirms it" not in text_of(member, concern.get_absolute_url())
    press(first, concern, "draft", **RELEASED)
    assert GROUND not in text_of(member, concern.get_absolute_url())
    press(first, concern, "decide", fingerprint=now(concern).fingerprint)
    assert second.post(f"{concern.get_absolute_url()}decide/agree/", {"agree": "yes"}).status_code == 302
    assert GROUND in text_of(member, concern.get_absolute_url())


@pytest.mark.story("H15")
def test_the_group_is_dissolved_its_members_hear_and_it_appeals(bench):
    town, slug = bench.town, bench.town.community.slug
    bench.member(town.neighbour)
    concern = bench.decided(measure="dissolve")
    finding, desk, other = Finding.objects.get(), browser(town.worker), browser(town.worker_two)
    page = text_of(desk, finding.get_absolute_url())
    assert GROUND in page
    assert WORDS not in page
    assert "Wang" not in page.split("<main")[1]
    press(desk, finding, "follow")
    group = bench.group.get_absolute_url()
    assert other.post(f"{group}dissolve/agree/", {"agree": "yes"}).status_code == 302
    while read_on():
        pass
    assert "dissolved" in text_of(browser(town.neighbour), f"/{slug}/notifications/")
    notice = text_of(browser(town.neighbour), group)
    assert "Notices to members" in notice
    assert GROUND in notice
    assert GROUND not in text_of(browser(town.officer), group)
    assert now(concern).state == "closed"

    third = browser(town.holder("Shu", "shu", town.desk_post))
    press(browser(bench.leader), now(bench.group), "appeal", words="We gave it back.")
    assert desk.post(f"{group}grant/", {"reason": "So be it"}).status_code == 403
    press(third, now(bench.group), "grant", reason="The money was given back.")
    assert now(bench.group).state == "registered"
    assert "The money was given back." in text_of(browser(bench.leader), group)


@pytest.mark.story("H15")
def test_programs_do_it_too_without_a_name(bench):
    town = bench.town
    base = f"/api/v1/{town.community.slug}"
    guest, first, second = Client(headers=ENGLISH), caller(town, bench.first), caller(town, bench.second)
    assert [each["name"] for each in guest.get(f"{base}/concern-readers").json()["readers"]] == ["Ji", "Du", "Bei"]
    given = {"about": about(bench), "words": WORDS, "unnamed": "yes"}
    made = guest.post(f"{base}/concerns", given, content_type="application/json")
    assert made.status_code == 201, made.content
    own, code = f"{base}/concerns/{made.json()['id']}", made.json()["secret"]
    assert guest.get(own).status_code == 404

    def send(client, path, headers=None, **given):
        answer = client.post(path, given, content_type="application/json", headers=headers or {})
        assert answer.status_code == 200, (path, answer.content)
        return answer.json()

    with_code = {"x-case-code": code}
    assert guest.get(own, headers=with_code).json()["role"] == "teller"
    assert first.get(f"{base}/concerns").json()["items"][0]["told_by"] is None
    send(first, f"{own}/take_up")
    send(second, f"{own}/ask", words="Since when?")
    assert send(guest, f"{own}/reply", headers=with_code, words="May")["state"] == "review"
    read = send(first, f"{own}/draft", outcome="founded", measure="suspend", ground=GROUND)
    asked = next(move for move in read["moves"] if move["name"] == "decide")
    send(first, f"{own}/decide", fingerprint=asked["asks"][0]["choices"][0]["value"])
    assert send(second, f"{own}/decide/agree", agree=True)["state"] == "founded"
    desk = caller(town, town.worker)
    finding = desk.get(f"{base}/findings").json()["items"][0]
    assert (finding["ground"], finding["measure"]) == (GROUND, "suspend")
    assert send(desk, f"{base}/findings/{finding['id']}/follow")["state"] == "followed"
    assert Organisation.objects.get(pk=bench.group.pk).state == "suspended"
    assert guest.get(own, headers=with_code).json()["state"] == "closed"


def test_for_everybody_else_it_does_not_exist(bench):
    town, concern = bench.town, bench.drafted()
    url, api = concern.get_absolute_url(), f"/api/v1/{town.community.slug}/concerns"
    others = (
        bench.holder("secretary"), bench.holder("auditor"), bench.leader, bench.stand_in, town.neighbour, town.officer,
        town.worker,
    )  # fmt: skip
    for viewer in others:
        client, program = browser(viewer), caller(town, viewer)
        for path in (url, f"{url}sent/", f"{url}withdraw/", f"{url}take_up/"):
            assert client.get(path).status_code == 404, (viewer.name, path)
        assert client.post(f"{url}decide/agree/", {"agree": "yes"}).status_code == 404
        assert "Arts group</b>" not in text_of(client, f"/{town.community.slug}/concerns/")
        assert program.get(f"{api}/{concern.pk}").status_code == 404
        assert program.post(f"{api}/{concern.pk}/take_up", {}, content_type="application/json").status_code == 404
        assert program.get(api).json()["items"] == []
    assert browser().get(url).status_code == 404


def test_what_is_known_of_the_one_it_is_about_does_not_tell_of_it(bench):
    concern = bench.looked_into(about=bench.term_of(bench.town.officer))
    page = text_of(browser(bench.town.officer), "/me/data/")
    assert "confidence" not in page.lower().replace("told in confidence", "")
    assert str(concern.pk) not in page
    assert concern.get_absolute_url() in text_of(browser(bench.town.resident), "/me/data/")


def test_the_organisations_page_and_lists_count_nothing(bench):
    slug = bench.town.community.slug
    paths = (bench.group.get_absolute_url(), f"/{slug}/people/organisations/", f"/{slug}/log/", f"/{slug}/concerns/")
    viewer = browser(bench.town.worker)
    while read_on():  # what was told before this
        pass
    before = [len(text_of(viewer, path)) for path in paths]
    bench.looked_into()
    while read_on():
        pass
    assert [len(text_of(viewer, path)) for path in paths] == before


def test_without_a_name_one_comes_back_with_the_code(bench):
    slug, guest = bench.town.community.slug, browser()
    concern, sent = tell(guest, bench, unnamed="yes")
    page = text_of(guest, sent)
    code = page.split('translate="no">')[1].split("<")[0]
    assert 'translate="no">' not in text_of(guest, sent)  # shown once
    assert WORDS in text_of(guest, concern.get_absolute_url())
    elsewhere = browser()
    assert elsewhere.get(concern.get_absolute_url()).status_code == 404
    assert elsewhere.post(f"/{slug}/concerns/follow/", {"code": "WRONG"}).status_code == 422
    assert elsewhere.post(f"/{slug}/concerns/follow/", {"code": code.lower()}).status_code == 302
    assert WORDS in text_of(elsewhere, concern.get_absolute_url())
    press(elsewhere, concern, "withdraw")
    assert now(concern).state == "withdrawn"


def test_a_reader_reads_no_name_where_it_was_withheld(bench):
    concern, _sent = tell(browser(bench.town.resident), bench, unnamed="yes")
    page = text_of(browser(bench.first), concern.get_absolute_url())
    assert "without a name" in page
    assert "Wang" not in page


def test_a_community_that_wants_names_offers_no_other_way(bench):
    type(bench.town.community).objects.update(anonymous_allowed=False)
    slug = bench.town.community.slug
    assert browser().get(f"/{slug}/concerns/new/").status_code == 403
    assert "Tell it in confidence" not in text_of(browser(), f"/{slug}/concerns/")
    given = {"about": about(bench), "words": WORDS, "unnamed": "yes"}
    assert browser(bench.town.resident).post(f"/{slug}/concerns/new/", given).status_code == 422


def test_where_nobody_reads_the_page_says_where_to_go_and_keeps_the_words(bench):
    slug, client = bench.town.community.slug, browser(bench.town.resident)
    people.amend(bench.group, by=bench.town.worker, name="Arts group", contact=person(bench.first))
    people.end(bench.term_of(bench.stand_in), by=bench.town.worker)
    given = {"about": about(bench), "words": WORDS, "unnamed": "no"}
    answer = client.post(f"/{slug}/concerns/new/", given)
    assert answer.status_code == 409
    assert "12388" in answer.content.decode()
    assert WORDS in answer.content.decode()
    Named.objects.all().delete()
    assert "12388" in text_of(client, f"/{slug}/concerns/")


def test_whoever_looks_after_posts_names_the_readers(bench):
    slug, named = bench.town.community.slug, Named.objects.get()
    client = browser(bench.town.worker)
    assert browser(bench.first).get(f"/{slug}/concerns/readers/").status_code == 404
    given = {"first": named.stand_in_id, "second": named.second_id}
    assert client.post(f"/{slug}/concerns/readers/", {**given, "first": named.second_id}).status_code == 422
    assert client.post(f"/{slug}/concerns/readers/", given).status_code == 302
    assert Named.objects.get().first_id == named.stand_in_id


def test_the_list_of_a_reader_is_narrowed_by_state(bench):
    bench.decided(outcome="unfounded", measure="")
    url = f"/{bench.town.community.slug}/concerns/?list=read"
    client = browser(bench.first)
    assert "Arts group</b>" not in text_of(client, url)
    assert "Arts group</b>" in text_of(client, f"{url}&state=unfounded")
