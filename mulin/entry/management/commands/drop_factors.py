"""`mulin drop-factors`: the way back in for whoever lost every second factor and proved who they are."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mulin.entry.actions import drop_factors
from mulin.people.queries import account_by


class Command(BaseCommand):
    help = "Remove all second factors of an account and sign it out everywhere; its owner is told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS", help="the account's mail address or phone")

    def handle(self, *args: Any, **options: Any) -> None:
        account = account_by(options["address"])
        if account is None:
            raise CommandError("No account has this address. Give the mail address or phone that it signs in with.")
        drop_factors(account)
        self.stdout.write(self.style.SUCCESS("Its second factors are removed, and it is signed out everywhere."))
