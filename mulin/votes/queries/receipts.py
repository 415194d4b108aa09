"""Receipts: that a ballot's line stands in the log, with the proof, and never what the ballot says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mulin.journal import log, signing
from mulin.journal.merkle import check_inclusion, leaf
from mulin.journal.models import SignedHead
from mulin.kernel.clock import now

from ..figures import code
from ..models import Ballot, Vote


@dataclass(frozen=True)
class Receipt:
    """A ballot's line and the way from it to a signed head, all as hexadecimal text."""

    ballot: Ballot
    vote: Vote
    cleared: str
    commitment: str  # of the line: to what lies beside it
    leaf: str
    path: list[str]
    size: int
    root: str
    signed_at: str
    signature: str
    public_key: str
    is_sound: bool

    @property
    def seq(self) -> int:
        return self.ballot.seq

    @property
    def code(self) -> str:
        """Return what people compare: the first signs of the leaf."""
        return code(self.leaf)

    def document(self) -> dict[str, Any]:
        """Return what is downloaded: enough to check it without this program."""
        return {
            "format": "mulin-receipt/1", "vote": str(self.vote.pk), "number": self.vote.number,
            "ballot": self.ballot.commitment, "entry": self.ballot.entry.key, "cast": self.ballot.number,
            "log": str(self.vote.community_id), "line": self.seq, "commitment": self.commitment,
            "cleared": self.cleared, "leaf": self.leaf, "path": self.path, "size": self.size, "root": self.root,
            "at": self.signed_at, "signature": self.signature, "public_key": self.public_key,
        }  # fmt: skip


def receipt(ballot: Ballot) -> Receipt:
    """Prove that a ballot's line is in the log, against the newest signed head that covers it."""
    community, seq = ballot.community_id, ballot.seq
    line = log.line_at(community, seq)
    covering = SignedHead.objects.filter(community=community, size__gt=seq).order_by("-size").first()
    head = covering or log.sign_head(community, now())
    item = leaf(seq, bytes(line.commitment), line.cleared.encode())
    path, root = log.prove_inclusion(community, seq, head.size), bytes(head.root)
    # Reckoned anew each time: from the row to its line, from the line to the signed root.
    is_named = f'"ballot":"{ballot.seal(ballot.entry.key)}"' in line.cleared
    return Receipt(
        ballot, ballot.vote, line.cleared, bytes(line.commitment).hex(), item.hex(), [step.hex() for step in path],
        head.size, root.hex(), head.at.isoformat(), bytes(head.signature).hex(), signing.public_key().hex(),
        is_named and check_inclusion(item, seq, head.size, path, root),
    )  # fmt: skip
