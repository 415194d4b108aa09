"""Votes on pages and over the API: what each may read, two taps to a receipt, files that count again."""

import json

import pytest

from mulin.cases.tests.callers import Caller
from mulin.cases.tests.factories import make_town
from mulin.tally.files import Vote as VoteFile
from mulin.tally.files import hashes_of, recount
from mulin.votes.models import Ballot, Vote
from mulin.votes.tests.walks import again, main, supervisor, text, until_day

SENT = {
    "title": "Shall we build a bicycle shed?", "words": "At the gate.", "pack": "CN-278-ordinary",
    "place": "community", "opens_on": "2026-12-10", "closes_on": "2026-12-16",
}  # fmt: skip


@pytest.fixture
def opened(polls):
    polls.owners()
    return polls.opened()


# ---- preparing ----


def test_a_worker_prepares_and_announces_a_vote_on_pages(web, town, polls, base):
    polls.owners()
    worker = web(town.worker)
    assert "Prepare a vote" in main(worker.get(base))
    assert worker.get(f"{base}new/").status_code == 200
    made = worker.post(f"{base}new/", {**SENT, "once": "a"})
    assert made.status_code == 302, main(made)
    url = made["Location"]
    assert web(town.resident).get(url).status_code == 404
    assert worker.post(f"{url}notice/", {"once": "b"}).status_code == 302
    page = main(web().get(url))
    assert ("On the notice board" in page, "at least 2/3 of all on the roll; that is 2 heads" in page) == (True, True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"opens_on": "2026-12-01"}, "15 days of notice"),
        ({"closes_on": "2026-12-11"}, "voting is on for 5 to 60 days"),
        ({"passes": "0.6667"}, "Write an exact fraction"),
        ({"passes": "1/3"}, "A larger part is possible"),
        ({"notice_days": "3"}, "More is possible, less is not"),
        ({"proxy_cap": "4"}, "at most 3 others"),
        ({"pack": "council-2/3"}, "say of which"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_what_the_rules_do_not_allow_is_said_beside_what_was_typed(web, town, base, changes, said):
    answer = web(town.worker).post(f"{base}new/", {**SENT, **changes})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "At the gate." in answer.content.decode()
    assert not Vote.objects.exists()


def test_a_community_asks_for_more_than_the_rules(web, town, base):
    adapted = {**SENT, "passes": "3/4", "notice_days": "16", "proxy_cap": "0"}
    assert web(town.worker).post(f"{base}new/", adapted).status_code == 302
    rules = Vote.objects.get().rules
    assert [(each["num"], each["den"], each["strict"]) for each in rules["passes"]] == [(3, 4, False)] * 2
    assert (rules["notice_days"], rules["proxies_allowed"]) == (16, False)
    assert web(town.resident).get(f"{base}new/").status_code == 404


# ---- casting ----


def test_two_taps_from_the_vote_to_its_receipt(web, town, opened):
    url, owner = opened.get_absolute_url(), web(town.resident)
    page = main(owner.get(url))
    assert "1号楼" in page
    confirm = f"{url}ballot/?entry=R-0001&amp;choice=yes"
    assert confirm in page
    page = main(owner.get(confirm.replace("&amp;", "&")))
    assert "You vote:" in page
    made = owner.post(f"{url}ballot/", {"entry": "R-0001", "choice": "yes", "once": "a"})
    again_ = owner.post(f"{url}ballot/", {"entry": "R-0001", "choice": "yes", "once": "a"})
    ballot = Ballot.objects.get()
    assert made["Location"] == again_["Location"]
    page = main(owner.get(made["Location"]))
    assert "We have your vote" in page
    assert f"line {ballot.seq} is in the signed log" in page
    assert ">Yes<" not in page
    assert "Your last ballot: <b>Yes</b>" in main(owner.get(url))


def test_a_receipt_is_checked_without_this_program(web, town, opened, polls):
    from mulin.journal.merkle import check_inclusion, leaf

    polls.cast(opened, town.resident)
    polls.cast(opened, town.neighbour)
    ballot = Ballot.objects.order_by("seq").first()
    url = f"/{town.community.slug}/votes/receipts/{ballot.pk}.json"
    told = web(town.resident).get(url).json()
    item = leaf(told["line"], bytes.fromhex(told["commitment"]), told["cleared"].encode())
    path = [bytes.fromhex(step) for step in told["path"]]
    assert item.hex() == told["leaf"]
    assert check_inclusion(item, told["line"], told["size"], path, bytes.fromhex(told["root"]))
    assert told["ballot"] in told["cleared"]
    assert "choice" not in json.dumps(told)
    for viewer in (town.neighbour, town.worker):
        assert web(viewer).get(url).status_code == 404
        assert Caller(town, viewer).get(f"/votes/receipts/{ballot.pk}").status_code == 404
    assert Caller(town, town.resident).get(f"/votes/receipts/{ballot.pk}").json() == told
    assert "/sign-in/" in web().get(url)["Location"]


def test_who_is_not_on_the_roll_finds_no_way_to_vote(web, town, opened):
    url = opened.get_absolute_url()
    assert "ballot/" not in main(web(town.officer).get(url))
    assert web(town.officer).get(f"{url}ballot/").status_code == 403
    assert web(town.officer).post(f"{url}ballot/", {"choice": "yes"}).status_code == 403
    assert "/sign-in/" in web().get(f"{url}ballot/")["Location"]
    assert "sign in to vote" in main(web().get(url))
    assert not Ballot.objects.exists()


def test_a_ballot_that_says_nothing_is_asked_again(web, town, opened):
    answer = web(town.resident).post(f"{opened.get_absolute_url()}ballot/", {"entry": "R-0001", "choice": "maybe"})
    assert answer.status_code == 422
    assert not Ballot.objects.exists()


# ---- what is hidden, and from whom ----


def test_nobody_sees_a_result_or_a_choice_while_voting_is_on(web, town, opened, polls):
    polls.cast(opened, town.resident, "no")
    url = opened.get_absolute_url()
    for viewer in (town.neighbour, town.worker, town.officer, None):
        page = main(web(viewer).get(url))
        assert "Taken part so far" in page
        assert "1 / 2" in page
        assert "Your last ballot" not in page
        for part in ("sheet/", "vote.json", "openings.json"):
            assert web(viewer).get(f"{url}{part}").status_code == 404
        told = Caller(town, viewer).get(f"/votes/{opened.pk}").json()
        assert (told["result"], told["outcome"], told["ballots_hash"]) == (None, "", "")
        assert Caller(town, viewer).get(f"/votes/{opened.pk}/file").status_code == 404
    roll = Caller(town, town.neighbour).get(f"/votes/{opened.pk}/roll").json()
    assert [entry["choices"] for entry in roll] == [None, None]
    assert Caller(town, town.neighbour).get(f"/votes/{opened.pk}/quorum").json()[0] == {
        "measure": "heads", "now": 1, "whole": 2, "needed": 2,
    }  # fmt: skip


def test_only_owners_on_the_roll_read_roll_and_choices_of_an_owners_vote(web, town, opened, polls):
    polls.cast(opened, town.resident, "no")
    vote = polls.over(opened)
    url = vote.get_absolute_url()
    page = main(web(town.neighbour).get(f"{url}roll/"))
    assert ("1**" in page, "101" in page, "Wang" in page) == (True, False, False)
    assert ("179.00 m²" in page, "No" in page) == (True, True)
    worker = main(web(town.worker).get(f"{url}roll/"))
    assert '<th scope="col">Voted</th>' not in worker
    for viewer in (town.officer, None):
        assert web(viewer).get(f"{url}roll/").status_code == 404
        assert Caller(town, viewer).get(f"/votes/{vote.pk}/roll").status_code == 404
    for viewer in (town.worker, town.officer, None):
        assert web(viewer).get(f"{url}vote.json").status_code == 404
        assert web(viewer).get(f"{url}openings.json").status_code == 404
        assert "Proof sheet" in main(web(viewer).get(f"{url}sheet/"))


def test_another_community_sees_nothing_of_it(web, town, opened):
    elsewhere = make_town("other")
    assert web(elsewhere.worker).get(f"/other/votes/{opened.pk}/").status_code == 404
    assert Caller(elsewhere, elsewhere.worker).get(f"/votes/{opened.pk}").status_code == 404


def test_the_file_counts_again_to_the_same_result_for_an_owner(web, town, opened, polls):
    import msgspec

    polls.cast(opened, town.resident)
    polls.cast(opened, town.neighbour, "no")
    polls.cast(opened, town.neighbour, "yes")
    vote = polls.over(opened)
    content = web(town.neighbour).get(f"{vote.get_absolute_url()}vote.json").content
    told = msgspec.json.decode(content, type=VoteFile)
    assert recount(told) == told.result
    assert hashes_of(told) == told.hashes
    assert told.hashes.ballots == vote.ballots_hash
    assert b"Wang" not in content
    assert Caller(town, town.neighbour).get(f"/votes/{vote.pk}/file").content == content


def test_whoever_has_the_file_finds_every_ballot_in_the_log(web, town, opened, polls):
    from mulin.journal.merkle import canonical, commit
    from mulin.journal.models import Line

    polls.cast(opened, town.resident, "no")
    vote = polls.over(opened)
    rows = json.loads(web(town.neighbour).get(f"{vote.get_absolute_url()}vote.json").content)["ballots"]
    opening = web(town.neighbour).get(f"{vote.get_absolute_url()}openings.json").json()["ballots"][0]
    entry, number, choices, _valid, channel, proxy = rows[0]
    said = {"channel": channel, "choices": choices, "entry": entry, "number": number, "proxy": proxy,
            "vote": str(vote.pk)}  # fmt: skip
    assert commit(bytes.fromhex(opening["salt"]), canonical(said)).hex() == opening["ballot"]
    assert opening["ballot"] in Line.objects.get(community=town.community.pk, seq=opening["line"]).cleared


# ---- lists, home, challenge ----


def test_the_list_shows_first_where_one_can_vote(web, town, opened, base, polls):
    page = main(web(town.resident).get(base))
    assert "You can vote" in page
    assert "You can vote" not in main(web(town.officer).get(base))
    assert "You can vote" in text(web(town.resident).get(f"/{town.community.slug}/"))
    polls.cast(opened, town.resident)
    assert "You have voted" in main(web(town.resident).get(base))
    assert "You can vote" not in text(web(town.resident).get(f"/{town.community.slug}/"))


def test_the_list_is_searched_and_narrowed(web, town, opened, base):
    for asked, there in (
        ("?q=bicycle", True), ("?q=lift", False), ("?when=open", True), ("?when=past", False), ("?kind=owners", True),
        ("?kind=seats", False), (f"?q={opened.number}", True),
    ):  # fmt: skip
        assert (opened.title in main(web().get(f"{base}{asked}"))) is there, asked
    assert "Nothing here fits" in main(web().get(f"{base}?q=lift"))
    found = Caller(town).get("/votes?when=open&electorate=owners&q=shed").json()["items"]
    assert [each["number"] for each in found] == [opened.number]
    assert Caller(town, town.resident).get("/votes?mine=true").json()["items"][0]["id"] == str(opened.pk)
    assert Caller(town, town.officer).get("/votes?mine=true").json()["items"] == []


def test_without_votes_the_list_says_where_they_will_stand(web, base):
    assert "No vote has been announced here yet" in main(web().get(base))


def test_a_challenge_goes_its_way_on_pages(web, town, opened, polls):
    judge, vote = supervisor(town), polls.over(opened)
    url = vote.get_absolute_url()
    assert web(town.resident).post(f"{url}challenge/", {"reason": "My area is wrong", "once": "a"}).status_code == 302
    assert "My area is wrong" in main(web(town.resident).get(url))
    assert "My area is wrong" not in main(web(town.officer).get(url))
    assert "My area is wrong" in main(web(judge).get(url))
    sent = {"upheld": "no", "words": "The land register says so", "once": "b"}
    assert web(judge).post(f"{url}answer/", sent).status_code == 302
    page = main(web().get(url))
    assert ("rejected" in page, "The land register says so" in page) == (True, True)


def test_several_owners_name_one_who_votes_for_all(web, town, polls):
    one, other = (polls.homes.person(each) for each in (town.resident, town.neighbour))
    polls.homes.own(0, person=one, share=(1, 2), is_delivered=True)
    polls.homes.own(0, person=other, share=(1, 2), is_delivered=True)
    for number in (1, 2):
        polls.homes.own(number, person=one, is_delivered=True)
    vote = polls.opened()
    page = main(web(town.neighbour).get(vote.get_absolute_url()))
    assert "Say first which of you votes for all" in page
    row = vote.entries.get(owners__person=other)
    named = str(row.owners.get(person=other).pk)
    assert web(town.neighbour).post(f"{vote.get_absolute_url()}nominate/", {"owner": named}).status_code == 302
    assert Caller(town, town.neighbour).post(f"/votes/{vote.pk}/cast", {"choice": "yes"}).status_code == 200
    assert Ballot.objects.get().entry == row
    own = Caller(town, town.resident).get(f"/votes/{vote.pk}/own").json()
    assert [(each["entry"] == row.key, each["may_cast"]) for each in own].count((True, False)) == 1


def test_those_who_have_not_voted_hear_of_the_end_and_nobody_else(town, polls):
    from datetime import timedelta

    from mulin.kernel.worker import drain
    from mulin.news.queries import notifications

    polls.owners()
    vote = polls.opened()
    polls.cast(vote, town.resident)
    until_day(vote, vote.closes_on - timedelta(days=1))
    drain()

    def heard(viewer):
        return set(notifications(viewer).filter(kind="votes.vote").values_list("verb", flat=True))

    assert "remind" in heard(town.neighbour)
    assert "remind" not in heard(town.resident)
    assert heard(town.officer) == set()
    assert again(vote).state == "open"
