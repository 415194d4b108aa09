"""`mulin work` and `mulin flows`."""

import io
import os
import re
import signal
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError

from mulin.journal.models import Head, SignedHead
from mulin.kernel.management.commands import work
from mulin.kernel.models import nouns


def say(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_one_round_of_work_can_be_asked_for():
    assert say("work", "--once") == "The clock moved 0 times, readers did 0 jobs, 0 heads were signed.\n"


@pytest.mark.django_db
def test_work_goes_on_when_the_database_is_away(monkeypatch):
    stop, tries = threading.Event(), []

    def away():
        tries.append(1)
        if len(tries) == 3:
            stop.set()
        raise OperationalError("gone")

    monkeypatch.setattr(work, "tick", away)
    monkeypatch.setattr(work.connection, "close", lambda: None)
    monkeypatch.setattr(work.log, "warning", lambda *words: None)
    work._loop(stop, 0.001)
    assert len(tries) == 3


@pytest.mark.django_db
def test_heads_that_grew_are_signed_at_work(monkeypatch):
    head = Head.objects.create(key="0190a000-0000-7000-8000-000000000001", size=1, frontier=b"x" * 32)
    stop = threading.Event()
    monkeypatch.setattr(work, "read_on", lambda: stop.set() or 0)
    work._loop(stop, 0.001)
    assert SignedHead.objects.get().community_id == Head.objects.get(pk=head.pk).key


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_work_ends_cleanly_when_told_to(number, tmp_path):
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env = {**given, "MULIN_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "mulin.config.cli", "work", "--pause", "30"]
    worker = subprocess.Popen(command, cwd=settings.ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with worker:
        assert worker.stdout.readline() == b"At work. Ctrl-C ends it.\n"
        worker.send_signal(number)
        assert worker.stdout.read() == b"Ended; nothing was left half done.\n"
    assert worker.returncode == 0


def test_every_noun_gets_a_page_with_all_its_moves_and_states(tmp_path):
    say("flows", "--to", str(tmp_path))
    assert {path.stem for path in tmp_path.iterdir()} == {model._meta.model_name for model in nouns()}
    for model in nouns():
        text = (tmp_path / f"{model._meta.model_name}.md").read_text("utf-8")
        assert re.findall(r"^\| [^|]+ \| `(\w+)` \|", text, re.M) == [move.name for move in model.flow]
        assert re.findall(r"^    (\w+) : ", text, re.M) == list(model.flow.states.values)
        assert all(f"`{limit.name}`" in text for limit in model.flow.limits)
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert {line.replace("\\|", "").count("|") for line in rows} == {9}


def test_stale_pages_are_named(tmp_path):
    say("flows", "--to", str(tmp_path))
    say("flows", "--check", "--to", str(tmp_path))
    page = next(tmp_path.iterdir())
    page.write_text("old", "utf-8")
    (tmp_path / "gone.md").write_text("", "utf-8")
    with pytest.raises(CommandError, match=rf"{page.name}, gone\.md"):
        say("flows", "--check", "--to", str(tmp_path))
