"""`mulin found`: a community of one's own, with its categories, posts and places, and whoever runs it invited."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from mulin.cases.actions import load_categories
from mulin.cases.actions.setup import PACKS
from mulin.cases.queries import leaves
from mulin.config.management.house import HouseCommand
from mulin.entry.actions import invite
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import Post, PostKind
from mulin.privacy.actions import load_purposes
from mulin.territory.actions import found
from mulin.territory.imports import import_geojson
from mulin.territory.models import Community
from mulin.territory.queries import places

KINDS = {"grid": gettext_lazy("Grids"), "building": gettext_lazy("Buildings"), "entrance": gettext_lazy("Entrances")}


class Command(HouseCommand):
    help = "Found a community: its categories, posts and places, and an invitation for whoever runs it. All or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="its address: small letters, digits and hyphens")
        parser.add_argument("name", metavar="NAME", help="its name, as people say it")
        parser.add_argument("--letter", required=True, type=_letter, help="begins the numbers of its cases: B")
        parser.add_argument("--name-en", default="", help="its name in English")
        parser.add_argument("--zone", default="Asia/Shanghai", type=_zone, help="time zone, as in Asia/Shanghai")
        parser.add_argument("--holidays", default="cn", choices=["cn", "none"], help="public holidays that are kept")
        parser.add_argument("--admin", type=_mail, metavar="MAIL", help="is invited to the first post that may invite")
        parser.add_argument("--pack", default="grid-management", choices=_packs(), help="kinds of matters")
        parser.add_argument("--post-kinds", type=Path, default=PACKS / "post-kinds.toml", metavar="FILE.toml")
        parser.add_argument("--places", type=Path, metavar="FILE.geojson", help="grids, buildings, entrances")
        parser.add_argument("--datum", default="wgs84", choices=["wgs84", "gcj02"], help="how the places are measured")

    def act(self, options: dict[str, Any]) -> None:
        # An import with a fault founds nothing, so that the command can simply be run again.
        with transaction.atomic():
            community, kinds = _found(options)
            desk = [_open(community, kind) for kind in kinds.values() if "cases.desk" in kind.capabilities]
            counts = _places(community, kinds, options) if options["places"] else {}
        address = f"{settings.SITE_URL}/{community.slug}/"
        founded = _("Founded: %(name)s, %(address)s") % {"name": community.name, "address": address}
        self.stdout.write(self.style.SUCCESS(founded))
        for kind, count in counts.items():
            self.stdout.write(f"{KINDS[kind]}: {count:,}")
        if options["admin"]:
            self._invite(options["admin"], desk)

    def _invite(self, email: str, desk: list[Post]) -> None:
        post = next((post for post in desk if "people.invite" in post.kind.capabilities), None)
        if post is None:
            raise CommandError(_("The community is there, but none of its posts may invite. See --post-kinds."))
        with override(settings.LANGUAGE_CODE):  # the mail speaks as the installation does, whoever founds it
            _invitation, token = invite(by=SYSTEM, post=post, email=email)
        link = settings.SITE_URL + reverse("entry:invitation", args=[post.community.slug, token])
        words = _("%(mail)s is invited as: %(post)s. The mail says the same link; it works for 14 days:")
        self.stdout.write(words % {"mail": email, "post": post})
        self.stdout.write(link)


def _found(options: dict[str, Any]) -> tuple[Community, dict[str, PostKind]]:
    community = found(
        options["slug"], options["name"], options["letter"], name_en=options["name_en"], zone=options["zone"],
        holidays="" if options["holidays"] == "none" else options["holidays"],
    )  # fmt: skip
    load_categories(community, by=SYSTEM, pack=options["pack"])
    load_purposes(community)
    return community, people.load_post_kinds(community, options["post_kinds"])


def _open(community: Community, kind: PostKind, **place: Any) -> Post:
    return people.add_post(by=SYSTEM, community=community, kind=kind, **place)


def _places(community: Community, kinds: dict[str, PostKind], options: dict[str, Any]) -> dict[str, int]:
    report = import_geojson(community, options["places"].read_bytes(), datum=options["datum"])
    if not report.is_done:
        faults = [f"{row.number} {row.name}: {row.problem}" for row in report.rows if row.stops]
        words = _("%(file)s has faults, so nothing was founded.") % {"file": options["places"]}
        raise CommandError("\n".join([words, *faults[:20]]))
    named = {category.post_kind for category in leaves(community.pk)}
    for kind in kinds.values():
        # Every grid has whom its matters come to; other posts are opened where someone is found.
        if kind.places == ["grid"] and kind.key in named:
            for grid in places(community).grids:
                title = f"{grid} {kind.name_zh}"
                _open(community, kind, place_kind="grid", place_id=grid.pk, title=title)
    return dict(report.counts)


def _packs() -> list[str]:
    return sorted(path.stem for path in PACKS.glob("*.toml") if "\n[[category]]" in path.read_text("utf-8"))


def _letter(given: str) -> str:
    if not re.fullmatch("[A-Z]{1,4}", given):
        raise ArgumentTypeError("take one to four capital letters")
    return given


def _zone(given: str) -> str:
    if given not in available_timezones():
        raise ArgumentTypeError(f"there is no time zone {given}")
    return given


def _mail(given: str) -> str:
    try:
        validate_email(given)
    except ValidationError:
        raise ArgumentTypeError(f"this is no mail address: {given}") from None
    return given
