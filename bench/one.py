"""One subject on one database, in a process that was given its settings by the environment."""

from __future__ import annotations

import argparse
import importlib

import django


def main() -> None:
    """Prepare the database and measure."""
    asked = argparse.ArgumentParser()
    asked.add_argument("subject")
    asked.add_argument("database")
    asked.add_argument("--quick", action="store_true")
    options = asked.parse_args()
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    # The pages need no collected static files to be timed.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    importlib.import_module(f"bench.{options.subject}").measure(options.database, options.quick)


if __name__ == "__main__":
    main()
