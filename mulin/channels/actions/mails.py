"""Mails: one becomes a report, an answer or a note; its sender is answered, and hears how it goes on."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from mulin.cases import actions as cases
from mulin.cases import queries as reading
from mulin.cases.flow import awaits_reporter
from mulin.cases.models import Case
from mulin.kernel.clock import now
from mulin.kernel.engine import link, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import Viewer
from mulin.people.models import Account
from mulin.people.queries import load_viewer
from mulin.secrecy.fields import hash_of
from mulin.territory.models import Community
from mulin.uploads.pictures import Picture, prepare

from .. import queries
from ..figures import LETTERS_A_DAY, Letter, Unwanted
from ..models import Mail
from ..rules import POST_BOX

log = logging.getLogger(__name__)
FORGOTTEN_AFTER = timedelta(days=90)  # behind the end of its case


def bring_in(community: Community, letter: Letter) -> Mail:
    """Take in a mail: an answer where its subject names a case of the same sender, else a report. Raises Unwanted."""
    if (known := queries.last_mail(community, letter.key)) is not None:
        return known
    if queries.sender_of(community, letter.sender) >= LETTERS_A_DAY:
        raise Unwanted("too many mails from this address today")
    photos, lost = _photos(letter)
    with writing(community.pk):
        if (known := queries.last_mail(community, letter.key)) is not None:
            return known
        case = _answered(community, letter)
        was, secret = ("report", "") if case is None else (_add(case, letter, photos), "")
        if case is None:
            case = _report(community, letter, photos)
            secret = case.secret
        mail = Mail.objects.create(
            community=community, key=letter.key, case=case, was=was, address=letter.sender, at=now()
        )  # fmt: skip
        link(Ref.of(case), Ref.of(mail), "mail")
    if was == "report":
        _write(letter.sender, case, _thanks(case, secret, lost + sum(letter.left_out.values())))
    return mail


def _photos(letter: Letter) -> tuple[list[Picture], int]:
    """Make its pictures safe; one that is none is left out and counted."""
    made: list[Picture] = []
    for raw in letter.pictures:
        try:
            made += prepare([BytesIO(raw)])
        except Refused as refused:
            log.info("A picture of a mail was left out: %s", refused.code)
    return made, len(letter.pictures) - len(made)


def _answered(community: Community, letter: Letter) -> Case | None:
    """Find the case that a mail answers: named in its subject, and reported from this very address.

    Anyone can write an address above a mail: it counts with the proof of our own mails, or where our server vouches.
    """
    if not letter.number or (case := reading.by_number(community, letter.number)) is None:
        return None
    first = queries.mail_of(case)
    if first is None or first.address_hash != hash_of("mail", letter.sender):
        return None
    has_proof = constant_time_compare(letter.proof, queries.proof_of(case, letter.sender))
    return case if has_proof or _is_vouched_for(letter) else None


def _is_vouched_for(letter: Letter) -> bool:
    return settings.MAIL_IN_SERVER.lower() in letter.verified_by


def _account(community: Community, letter: Letter) -> Viewer | None:
    """Load the sender as someone who is known here, where a server of ours says that the sender is who it says."""
    if not _is_vouched_for(letter):
        return None
    account = Account.objects.filter(email=letter.sender, is_active=True).first()
    viewer = load_viewer(account.pk, community) if account else None
    return viewer if viewer and viewer.is_person else None


def _report(community: Community, letter: Letter, photos: list[Picture]) -> Case:
    words = "\n".join(filter(None, (letter.subject, letter.words)))[:2000] or _("(only pictures)")
    known, guess = _account(community, letter), reading.adviser().kinds(community, words)
    place = queries.place_written(community, words)
    given: dict[str, Any] = {} if known else {"behalf": True, "contact_name": letter.name}
    return cases.report(
        by=known or POST_BOX, community=community, words=words, place=place, photos=photos,
        category=guess[0][0] if guess else None, disclosure="confidential", **given,
    )  # fmt: skip


def _add(case: Case, letter: Letter, photos: list[Picture]) -> str:
    """Write an answer into its case: what was asked for, else a note that those in charge read."""
    holds = frozenset({case.pk})
    known = load_viewer(case.reporter_account, case.community) if case.reporter_account else None
    by = replace(known, holds=holds) if known else Viewer(community_id=case.community_id, holds=holds)
    words = letter.words or letter.subject
    if awaits_reporter(case):
        cases.reply(case, by=by, words=words, photos=photos)
        return "reply"
    if photos:
        log.info("Pictures of a mail to %s were left out: nothing was asked", case.number)
    cases.note(case, by=by, words=words)
    return "note"


# ---- what is written to senders ----


def _write(address: str, case: Case, words: str) -> None:
    """Send a mail that other mail programs do not answer by themselves; the subject carries number and proof."""
    subject = _("[%(number)s] Your report") % {"number": f"{case.number}-{queries.proof_of(case, address)}"}
    headers = {"Auto-Submitted": "auto-replied", "X-Mulin": case.community.slug, "Precedence": "auto_reply"}
    if settings.MAIL_IN_ADDRESS:
        headers["Reply-To"] = settings.MAIL_IN_ADDRESS
    try:
        EmailMessage(subject, words, None, [address], headers=headers).send()
    except OSError as error:  # the report is in; that its sender does not hear of it is for whoever reads the log
        log.warning("No answer could be sent for %s: %s", case.number, type(error).__name__)


def _thanks(case: Case, secret: str, left_out: int) -> str:
    link = settings.SITE_URL + reverse("cases:follow", args=[case.community.slug]) + f"?number={case.number}"
    said = [
        _("Thank you. %(community)s has your report. Its number is %(number)s.")
        % {"community": case.community, "number": case.number},
        _("Only those who handle it can read it. You can answer this mail; keep the number in the subject."),
    ]
    if case.category.warning:
        said.insert(1, case.category.warning)
    if secret:
        said.append(_("Follow it here: %(link)s\nYour secret code: %(code)s") % {"link": link, "code": secret})
    if left_out:
        said.append(_("Not everything came along: of attachments only photos are taken."))
    return "\n\n".join(said)


def tell_sender(community: UUID, key: UUID, verb: str, said: str) -> None:
    """Write to who reported a case by mail and has no account here: what is asked, what was done, that it is over."""
    case = Case.objects.filter(community=community, pk=key).select_related("community", "category").first()
    mail = queries.mail_of(case) if case and not case.reporter_account else None
    if case is None or mail is None or not mail.address:
        return
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            "ask": _("We have a question: %(said)s\n\nPlease answer this mail; keep the number in the subject."),
            "solve": _("It is solved: %(said)s\n\nIf it is not, answer this mail, or reopen it with your code."),
            "refuse": _("We cannot take this on: %(said)s"),
            "wait": _("It has to wait. You can read why, and until when, with your number and code."),
        }.get(verb, _("It is closed. Within 30 days you can reopen it with your number and code."))  # fmt: skip
        _write(mail.address, case, words % {"said": said})


def forget_addresses() -> None:
    """Forget the addresses of mails whose cases ended 90 days ago."""
    over = Case.objects.filter(closed_at__lt=now() - FORGOTTEN_AFTER)
    Mail.objects.exclude(address_hash="").filter(case__in=over).update(address="", address_hash="")
