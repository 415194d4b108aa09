"""The list that `mulin` alone shows."""

from mulin.config import cli


def test_every_command_that_is_listed_exists():
    named = {name for names in cli.SUBJECTS.values() for name in names}
    assert named <= set(cli._ours())
