"""`mulin log`: check the journal, show and sign where it stands, prove a line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from mulin.journal import signing
from mulin.journal.log import leaves, prove_inclusion, root, sign_grown
from mulin.journal.models import INSTALLATION, Head, Line, SignedHead
from mulin.journal.verify import Report, verify

OWN = "installation"  # the name of the log that belongs to no community


class Command(BaseCommand):
    help = "Check the journal (verify), show (head) and sign (sign) where it stands, prove one line (prove)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", required=True)
        checks = does.add_parser("verify", help="Recompute every log and compare; exit code 1 when one is not sound.")
        checks.add_argument("--community", metavar="SLUG", help=f"Only this log; {OWN!r} is the installation's own.")
        checks.add_argument("--json", action="store_true", help="Answer for programs.")
        checks.add_argument("--no-details", action="store_true", help="Only the tree, not what is kept in clear.")
        shows = does.add_parser("head", help="Show size, root and last signature of a log, as JSON.")
        shows.add_argument("slug")
        does.add_parser("sign", help="Sign the head of every log that grew.")
        proves = does.add_parser("prove", help="Prove that a line is in the log, as JSON anyone can check.")
        proves.add_argument("slug")
        proves.add_argument("seq", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        {"verify": self.verify, "head": self.head, "sign": self.sign, "prove": self.prove}[options["does"]](options)

    def verify(self, options: dict[str, Any]) -> None:
        """Check one log, or all of them."""
        names = _names()
        if slug := options["community"]:
            names = {_key(slug): slug}
        heads = list(Head.objects.filter(key__in=names).order_by("key"))
        parts = 1 if options["no_details"] else 2
        with Progress(console=Console(file=sys.stderr), disable=options["json"], transient=True) as bar:
            task = bar.add_task("Checking", total=parts * sum(head.size for head in heads))
            reports = {
                names[head.pk]: verify(
                    head.pk, details=not options["no_details"], progress=lambda done: bar.advance(task, done)
                )
                for head in heads
            }
        if options["json"]:
            self.stdout.write(json.dumps([{"name": name, **report.as_dict()} for name, report in reports.items()]))
        else:
            for name, report in reports.items():
                self._say(name, report)
        if not all(report.ok for report in reports.values()):
            sys.exit(1)

    def _say(self, name: str, report: Report) -> None:
        erased = f", the details of {report.erased:,} erased" if report.erased else ""
        if report.ok:
            self.stdout.write(f"{name}: sound. {report.size:,} lines{erased}; {report.signed:,} signed heads.")
            return
        self.stdout.write(f"{name}: not sound. {report.size:,} lines{erased}.")
        for problem in report.problems:
            self.stdout.write(f"  {problem}")

    def head(self, options: dict[str, Any]) -> None:
        """Show where a log stands."""
        head = Head.objects.get(key=_key(options["slug"]))
        signed = SignedHead.objects.filter(community=head).order_by("-size").first()
        self._json({
            "log": str(head.key), "size": head.size, "root": root(head).hex(), "public_key": signing.public_key().hex(),
            "signed": signed and _signed(signed),
        })  # fmt: skip

    def sign(self, options: dict[str, Any]) -> None:
        """Sign every head that grew."""
        count = len(sign_grown())
        self.stdout.write(f"Heads signed: {count:,}." if count else "Nothing grew: every head is signed.")

    def prove(self, options: dict[str, Any]) -> None:
        """Prove one line against the last signed head, or against the head when none was signed since."""
        key, seq = _key(options["slug"]), options["seq"]
        head = Head.objects.get(key=key)
        if not 0 <= seq < head.size:
            raise CommandError(f"This log has {head.size} lines: choose a number below that, from 0.")
        signed = SignedHead.objects.filter(community=key, size__gt=seq).order_by("-size").first()
        size, top = (signed.size, bytes(signed.root)) if signed else (head.size, root(head))
        line = Line.objects.get(community=key, seq=seq)
        self._json({
            "log": str(key), "seq": seq, "commitment": bytes(line.commitment).hex(), "cleared": line.cleared,
            "leaf": next(leaves(key, seq, seq + 1)).hex(), "size": size, "root": top.hex(),
            "path": [step.hex() for step in prove_inclusion(key, seq, size)], "public_key": signing.public_key().hex(),
            "signed": signed and _signed(signed),
        })  # fmt: skip

    def _json(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, indent=1))


def _signed(row: SignedHead) -> dict[str, Any]:
    return {"size": row.size, "root": bytes(row.root).hex(), "at": row.at.isoformat(),
            "signature": bytes(row.signature).hex()}  # fmt: skip


def _names() -> dict[UUID, str]:
    communities = apps.get_model(settings.COMMUNITY_MODEL)._default_manager.order_by("slug")
    return {INSTALLATION: OWN, **dict(communities.values_list("pk", "slug"))}


def _key(slug: str) -> UUID:
    for key, name in _names().items():
        if name == slug:
            return key
    raise CommandError(f"There is no community {slug!r} here.")
