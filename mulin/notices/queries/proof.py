"""Where the community's log holds a notice: its steps with their lines, and the head that stands over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mulin.journal import log
from mulin.journal.models import Detail, Head

from ..flow import NOTICE
from ..models import Notice

SAID = {
    "post": _("Posted"), "post_list": _("Posted, with a second person's word"), "post_for": _("Posted"),
    "be_objected": _("Somebody objected"), "be_cleared": _("An objection was settled"),
    "settle": _("Settled: its days are over"), "withdraw": _("Withdrawn"),
    "be_replaced": _("Replaced by a corrected one"), "take_down": _("Taken down"),
}  # fmt: skip


@dataclass(frozen=True)
class HeadOf:
    """How long a community's log is, and its root."""

    size: int
    root: str

    @property
    def short(self) -> str:
        """Write the root in groups that can be read out."""
        return " ".join(self.root[at : at + 8] for at in range(0, len(self.root), 8))


def head_of(notice: Notice) -> HeadOf:
    """Return the head of the log that holds a notice."""
    head = Head.objects.get(key=notice.community_id)
    return HeadOf(head.size, log.root(head).hex())


def way(notice: Notice) -> list[dict[str, Any]]:
    """List what everyone may know of a notice as steps of a timeline, the newest first, each with its line."""
    public = {move.name for move in NOTICE if move.public} & set(SAID)
    rows = Detail.objects.filter(community=notice.community_id, noun_id=notice.pk, verb__in=public)
    found = rows.order_by("-seq").values_list("seq", "verb", "at")
    words = {"withdraw": notice.reason}
    return [
        {"at": at, "text": str(SAID[verb]), "seq": seq, "voice": words.get(verb, "")} for seq, verb, at in found
    ]  # fmt: skip
