"""The command `mulin`: Django's command line with our settings. Alone, it lists our own commands by subject."""

import os
import sys
import textwrap

from django.core.management import execute_from_command_line, get_commands, load_command_class

# A command that is named nowhere here is listed under the last heading.
SUBJECTS = {
    "Every day": ("serve", "work", "migrate"),
    "A community": ("found", "load_categories", "load_purposes"),
    "The demo": ("demo", "simulate"),
    "Data in and out": ("import", "export", "backup", "restore"),
    "The log": ("log",),
    "Votes": ("tally",),
    "To build Mulin": ("flows",),
}
REST = "More"


def main() -> None:
    """Run one command, or show which there are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
    if len(sys.argv) == 1:
        print(overview())
    else:
        name, *rest = sys.argv[1:]
        # A module cannot have a dash in its name, but `mulin rotate-keys` reads better.
        name = name if name.startswith("-") else name.replace("-", "_")
        execute_from_command_line([sys.argv[0], name, *rest])


def overview() -> str:
    """List our commands by subject, each with its one sentence."""
    import django

    django.setup()
    ours = _ours()
    named = {name for names in SUBJECTS.values() for name in names}
    subjects = {**SUBJECTS, REST: tuple(sorted(set(ours) - named))}
    lines = ["mulin COMMAND — the commands of Mulin, by subject:"]
    for subject, names in subjects.items():
        here = [name for name in names if name in ours]
        if here:
            lines += ["", subject, *(_line(name, ours[name]) for name in here)]
    return "\n".join([*lines, "", "mulin COMMAND --help says more; mulin help lists Django's own commands, too."])


def _ours() -> dict[str, str]:
    """Give each command of ours its sentence; `migrate` is Django's, but everybody needs it."""
    commands = {name: app for name, app in get_commands().items() if app.startswith("mulin.") or name == "migrate"}
    return {name: load_command_class(app, name).help.strip() for name, app in commands.items()}


def _line(name: str, said: str) -> str:
    first = said.splitlines()[0] if said else ""
    return f"  {name.replace('_', '-'):<17}{textwrap.shorten(first, 96, placeholder='…')}"


if __name__ == "__main__":
    main()
