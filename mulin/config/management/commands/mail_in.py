"""`mulin mail-in`: mails become reports and answers; from standard input, a maildir, or a mailbox by IMAP."""

from __future__ import annotations

import imaplib
import logging
import mailbox
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.channels import actions
from mulin.channels.figures import Unwanted, read_letter
from mulin.channels.figures.letters import MOST_BYTES
from mulin.config.management.bringing.showing import community_named
from mulin.config.management.house import HouseCommand
from mulin.kernel.refusals import Refused

log = logging.getLogger(__name__)
SECONDS = 30
AT_ONCE = 200


class Command(HouseCommand):
    help = "Take in mails as reports and answers: one from standard input, or all of a maildir or of a mailbox by IMAP."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--community", required=True, metavar="KEY", help="the community, as in its address")
        parser.add_argument("--maildir", type=Path, metavar="FOLDER", help="take all new mails of a maildir")
        parser.add_argument("--imap", action="store_true", help="take all unread mails of MULIN_MAIL_IN_URL")

    def act(self, options: dict[str, Any]) -> None:
        community = community_named(options["community"])

        def take(raw: bytes) -> None:
            self.stdout.write(self._take(community, raw))

        if options["maildir"]:
            self._maildir(options["maildir"], take)
        elif options["imap"]:
            self._imap(take)
        else:
            # What is refused ends well, too: a mail server that hears of a failure would bounce to a forged sender.
            take(sys.stdin.buffer.read(MOST_BYTES + 1))

    def _take(self, community: Any, raw: bytes) -> str:
        """Take one mail, and say in one line, without anything of what it holds, what became of it."""
        try:
            letter = read_letter(raw, own=settings.MAIL_IN_ADDRESS)
            with translation.override(settings.LANGUAGE_CODE):
                mail = actions.bring_in(community, letter)
        except Unwanted as unwanted:
            log.warning("A mail was not taken: %s", unwanted)
            return _("not taken: %(why)s") % {"why": unwanted}
        except Refused as refused:
            log.warning("A mail was not taken: %s", refused.code)
            return _("not taken: %(why)s") % {"why": refused.code}
        if letter.left_out:
            log.info("Attachments left out of %s: %s", mail.case.number, letter.left_out)
        return f"{mail.was}: {mail.case.number}"

    def _maildir(self, folder: Path, take: Callable[[bytes], None]) -> None:
        if not (folder / "new").is_dir():
            raise CommandError(_("This is no maildir: %(folder)s.") % {"folder": folder})
        box = mailbox.Maildir(folder, create=False)
        for name in sorted(path.name for path in (folder / "new").iterdir())[:AT_ONCE]:
            path = folder / "new" / name
            with path.open("rb") as file:
                take(file.read(MOST_BYTES + 1))
            path.rename(folder / "cur" / f"{name}{box.colon}2,S")

    def _imap(self, take: Callable[[bytes], None]) -> None:
        url = urlparse(settings.MAIL_IN_URL)
        if url.scheme not in ("imaps", "imap") or not url.hostname:
            raise CommandError(_("Set MULIN_MAIL_IN_URL=imaps://user:password@host/INBOX first."))
        secure = url.scheme == "imaps"
        server: imaplib.IMAP4 = (
            imaplib.IMAP4_SSL(url.hostname, url.port or 993, timeout=SECONDS)
            if secure
            else imaplib.IMAP4(url.hostname, url.port or 143, timeout=SECONDS)
        )
        try:
            with server:
                server.login(unquote(url.username or ""), unquote(url.password or ""))
                server.select(unquote(url.path.strip("/")) or "INBOX")
                _kind, found = server.uid("search", "UNSEEN")
                for number in (found[0] or b"").split()[:AT_ONCE]:
                    # So many bytes and one more: what is larger is refused without being fetched whole.
                    _kind, parts = server.uid("fetch", number.decode(), f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)")
                    take(next((part[1] for part in parts if isinstance(part, tuple)), b""))
                    server.uid("store", number.decode(), "+FLAGS", r"(\Seen)")
        except imaplib.IMAP4.error as error:
            raise CommandError(_("The mailbox cannot be read: %(why)s") % {"why": error}) from None
