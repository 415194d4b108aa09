"""What our own commands share: what stops them is one sentence with an exit code, in the language of the console."""

import pytest
from django.core.management import CommandError

from mulin.config.management.house import HouseCommand, spoken
from mulin.kernel.refusals import Refused


@pytest.mark.parametrize(
    ("stop", "code", "said"),
    [
        (Refused("no", "Not today."), 1, "Not today."),
        (OSError(28, "No space left", "x.tar.gz"), 1, "This file cannot be read or written: x.tar.gz (No space left)."),
        (KeyboardInterrupt(), 130, "Stopped."),
        (CommandError("As it is.", returncode=2), 2, "As it is."),
    ],
)
def test_what_stops_a_command_is_one_sentence(stop, code, said):
    class Command(HouseCommand):
        def act(self, options):
            raise stop

    with pytest.raises(CommandError) as stopped:
        Command().handle()
    assert (str(stopped.value), stopped.value.returncode) == (said, code)


def test_a_bug_in_a_command_stays_a_bug():
    class Command(HouseCommand):
        def act(self, options):
            return 1 / 0

    with pytest.raises(ZeroDivisionError):
        Command().handle()


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh-hans"),
        ({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}, "zh-hans"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "zh-hans"),
    ],
)
def test_a_command_speaks_as_the_console_does(monkeypatch, settings, given, language):
    settings.LANGUAGE_CODE = "zh-hans"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert spoken() == language
