"""The verbs about purposes and consents; every write."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Once, begin, change, moves, writing
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.territory.models import Community

from ..figures import BASES
from ..flow import CONSENT, State
from ..models import Consent, Purpose

PACK = Path(__file__).parents[1] / "packs" / "purposes.toml"


def load_purposes(community: Community, pack: Path = PACK, *, by: Any = SYSTEM) -> list[Purpose]:
    """Take over the purposes of a pack; one that changed becomes a new version, and consents to the old one end."""
    rows = tomllib.loads(pack.read_text("utf-8"))["purpose"]
    return [
        set_purpose(
            by=by, community=community, key=row["key"], basis=row["basis"], words={"zh": row["zh"], "en": row["en"]},
            consent_days=row.get("consent_days", 365),
        )
        for row in rows
    ]  # fmt: skip


def set_purpose(
    *, by: Any, community: Community, key: str, basis: str, words: dict[str, dict[str, str]], consent_days: int = 365
) -> Purpose:
    """Say for what personal data is used; the version before, if another one, ends today."""
    if basis not in BASES:
        raise ValueError(f"No such basis for {key}: {basis}. Known: {', '.join(BASES)}.")
    said = {"basis": basis, "words": words, "consent_days": consent_days}
    with writing(community.pk):
        last: Purpose | None = Purpose.objects.filter(community=community, key=key).order_by("-version").first()
        if last and not last.ends_on and said == {name: getattr(last, name) for name in said}:
            return last
        today = today_in(community)
        Purpose.objects.filter(community=community, key=key, ends_on=None).update(ends_on=today)
        version = last.version + 1 if last else 1
        purpose = Purpose.objects.create(community=community, key=key, version=version, starts_on=today, **said)
        change(purpose, by=by, kind="privacy.purpose", verb="set", details={"key": key, "version": version})
    return purpose


def give(
    *, by: Any, community: Community, purpose: Purpose, person: Person | None = None, way: str = "page",
    once: Once | None = None,
) -> Consent:  # fmt: skip
    """Agree to a purpose for a time, or note down whose consent on paper this is."""
    for_another = person is not None and person.pk != by.person_id
    if not for_another and not by.is_person:
        raise Refused("join_first", _("Join this community first: a consent is a person's."), status=403)
    consent = Consent(
        community=community, purpose=purpose, person_id=person.pk if person else by.person_id,
        given_by_id=by.person_id if for_another else None, way=(way or "page") if for_another else "page",
        ends_on=today_in(community) + timedelta(days=purpose.consent_days),
    )  # fmt: skip
    return begin(consent, by=by, verb="give", once=once, prepare=_only_once)


def _only_once(turn: Any, consent: Consent) -> None:
    same = Consent.objects.filter(community_id=consent.community_id, person_id=consent.person_id)
    if same.filter(purpose_id=consent.purpose_id, state=State.GIVEN).exists():
        raise Refused("agreed_already", _("This consent stands already."))


@moves(CONSENT)
def renew(consent: Consent, *, by: Any) -> None:
    """Keep a consent up for another term."""
    consent.ends_on = today_in(consent.community) + timedelta(days=consent.purpose.consent_days)


@moves(CONSENT)
def withdraw(consent: Consent, *, by: Any) -> None:
    """Take a consent back; whatever rests on it stops at once."""


@moves(CONSENT)
def expire(consent: Consent, *, by: Any) -> None:
    """End a consent on its last day."""
