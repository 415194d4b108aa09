"""Downloaded files are counted again by who may have them: with `mulin tally`, and with the bare script of the docs."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mulin.cases.tests.callers import Caller
from mulin.votes.models import Ballot, Vote
from mulin.votes.tests.walks import main

ROOT = Path(__file__).parents[3]


@pytest.fixture
def recounted(tmp_path):
    """Return a function that counts a downloaded file again in both ways; it returns what the bare script printed."""
    page = (ROOT / "docs/develop/vote-files.md").read_text("utf-8")
    script, file = tmp_path / "recount.py", tmp_path / "vote.json"
    script.write_text(page.split("```python\n")[1].split("```")[0], "utf-8")

    def again(content):
        file.write_bytes(content)
        call_command("tally", str(file))
        ran = subprocess.run([sys.executable, "-I", script, file], capture_output=True, text=True, check=True)
        return ran.stdout

    return again


@pytest.mark.story("C5")
@pytest.mark.story("B10")
@pytest.mark.parametrize(("yes", "outcome"), [(24, "rejected"), (25, "adopted")])
def test_a_stranger_recounts_a_council_of_37_seats_from_web_and_api(polls, town, web, recounted, yes, outcome):
    body = polls.hall.in_office(37, kind="council", seats=37)
    vote = polls.opened("council-2/3", opens=4, body=body)
    vote = polls.over(polls.hands(vote, yes, 37 - yes))
    for answer in (web().get(f"{vote.get_absolute_url()}vote.json"), Caller(town).get(f"/votes/{vote.pk}/file")):
        assert answer.status_code == 200
        assert f"counted: {outcome}\nThe file is right." in recounted(answer.content)


@pytest.mark.story("Y3")
def test_a_plain_owner_recounts_a_vote_that_fails_for_area_alone_and_others_get_hashes(polls, town, web, recounted):
    polls.owners()
    owners = [polls.owner(name, f"30{at}") for at, name in enumerate(("Ai", "Bo", "Cai"), 1)]
    big = polls.owner("Ma", "401", area=100_000)
    vote = polls.opened("CN-278-special")
    for viewer in (town.resident, town.neighbour, *owners):
        polls.cast(vote, viewer, "yes")
    polls.cast(vote, big, "no")
    vote = polls.over(vote)
    assert [(test["measure"], test["met"]) for test in vote.result["passes"]] == [("area", False), ("heads", True)]
    url, path = vote.get_absolute_url(), f"/votes/{vote.pk}/file"
    for content in (web(town.resident).get(f"{url}vote.json").content, Caller(town, town.resident).get(path).content):
        assert "counted: rejected\nThe file is right." in recounted(content)
    for viewer in (town.officer, None):
        assert web(viewer).get(f"{url}vote.json").status_code == 404
        assert Caller(town, viewer).get(path).status_code == 404
        page = main(web(viewer).get(f"{url}sheet/"))
        assert vote.roll_hash in page
        assert "vote.json" not in page
        assert Caller(town, viewer).get(f"/votes/{vote.pk}").json()["ballots_hash"] == vote.ballots_hash
    # The page draws it: both measures against their lines, each in words.
    page = main(web().get(url))
    assert ("Did enough say yes?" in page, page.count("not met") > 0, page.count('class="vt-mark"') >= 4) == (True,) * 3


def test_a_rounded_fraction_is_refused_by_the_api_too(polls, town):
    told = {
        "title": "A shed?", "words": "", "pack": "CN-278-ordinary", "place": "community", "passes": "0.6667",
        "opens_on": str(polls.day(15)), "closes_on": str(polls.day(20)),
    }  # fmt: skip
    answer = Caller(town, town.worker).post("/votes", told)
    assert (answer.status_code, "Write an exact fraction" in answer.content.decode()) == (422, True)
    assert not Vote.objects.exists()


def test_a_ballot_for_an_entry_of_another_vote_is_refused_and_nothing_is_kept(polls, town, web):
    polls.owners()
    vote = polls.opened()
    sent = {"entry": "R-0099", "choice": "yes"}
    assert Caller(town, town.resident).post(f"/votes/{vote.pk}/cast", sent).status_code == 422
    assert web(town.resident).post(f"{vote.get_absolute_url()}ballot/", sent).status_code == 422
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('["S-01",1,0', '["S-02",1,0', "S-02"),
        (",1,0,0]", ",1,-1,0]", ""),
        ('"num": 2', '"num": 0.6667', ""),
    ],
)
def test_the_command_refuses_double_entries_negative_areas_and_decimals(tmp_path, old, new, says):
    text = (ROOT / "docs/examples/council-25-of-37.json").read_text("utf-8")
    file = tmp_path / "bad.json"
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CommandError) as caught:
        call_command("tally", str(file))
    assert caught.value.returncode == 2
    assert says in str(caught.value)
