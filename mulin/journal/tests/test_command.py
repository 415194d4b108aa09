"""`mulin log`, and the verifier that stands in the docs for strangers."""

import io
import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from mulin.journal.models import Detail, Head, SignedHead

from .factories import NOON, grow, make_log

pytestmark = pytest.mark.django_db
PAGE = Path(settings.ROOT) / "docs/develop/journal.md"


def say(*words):
    out = io.StringIO()
    call_command("log", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def lane():
    """A log of 1,500 lines that belongs to the community "lane"."""
    community = apps.get_model(settings.COMMUNITY_MODEL).objects.create(
        slug="lane", name="Lane", letter="L", created_at=NOON
    )
    return grow(Head.objects.create(key=community.pk), 1500)


@pytest.fixture
def stranger():
    """The program on the page for strangers."""
    program = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)[1]
    names = {"__name__": "stranger"}
    exec(compile(program, PAGE.name, "exec"), names)
    return names["check"]


def test_sound_logs_are_said_to_be_sound(lane):
    assert say("verify").splitlines() == [
        "installation: sound. 0 lines; 0 signed heads.",
        "lane: sound. 1,500 lines; 0 signed heads.",
    ]


def test_one_log_can_be_checked_for_a_program(lane):
    (report,) = json.loads(say("verify", "--community", "lane", "--json"))
    assert (report["name"], report["size"], report["ok"], report["problems"]) == ("lane", 1500, True, [])


def test_a_log_that_is_not_sound_ends_with_one(lane, capsys):
    Detail.objects.filter(community=lane, seq=3).update(actor="guest")
    out = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("log", "verify", stdout=out)
    assert "lane: not sound. 1,500 lines." in out.getvalue()
    assert "  The details of line 3 are not those it committed to." in out.getvalue()
    assert "sound" in say("verify", "--no-details")


def test_an_unknown_name_is_said():
    with pytest.raises(CommandError, match="no community 'nowhere'"):
        say("head", "nowhere")


def test_heads_that_grew_are_signed_once(lane):
    make_log(0)
    assert say("sign") == "Heads signed: 1.\n"
    assert say("sign") == "Nothing grew: every head is signed.\n"
    grow(lane, 1)
    assert say("sign") == "Heads signed: 1.\n"
    assert SignedHead.objects.count() == 2
    assert json.loads(say("head", "lane"))["signed"]["size"] == 1501


@pytest.mark.parametrize("seq", [0, 1023, 1024, 1499])
def test_a_stranger_can_check_a_line_with_the_page_alone(lane, stranger, seq):
    key = bytes.fromhex(json.loads(say("head", "lane"))["public_key"])
    assert (
        stranger(json.loads(say("prove", "lane", str(seq))), key) == "In the log, but no head over it was signed yet."
    )
    say("sign")
    proof = json.loads(say("prove", "lane", str(seq)))
    assert stranger(proof, key) == "In the log, and signed."
    assert stranger({**proof, "cleared": "{}"}, key) == "This line is not in the log."
    assert stranger({**proof, "seq": (seq + 1) % 1500}, key) == "This line is not in the log."


def test_a_line_that_is_not_there_has_no_proof(lane):
    with pytest.raises(CommandError, match="has 1500 lines"):
        say("prove", "lane", "1500")
