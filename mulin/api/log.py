"""The community's log for anyone who checks it: signed heads and proofs (RFC 9162), without anybody's life."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _

from mulin.journal import log, signing
from mulin.journal.merkle import leaf
from mulin.kernel.clock import now

from .http import Call, Unmet, answer
from .queries import Filter


class SignedHead(msgspec.Struct):
    """Where the log stands, vouched for: the signature is over canonical JSON of at, log, root and size."""

    log: str
    size: int
    root: str
    at: str
    signature: str
    public_key: str


class InclusionProof(msgspec.Struct):
    """That a line is in the log: its leaf, and the path from there to the root."""

    seq: int
    size: int
    commitment: str
    cleared: str
    leaf: str
    path: list[str]
    root: str


class ConsistencyProof(msgspec.Struct):
    """That the log of `second` lines begins with that of `first`."""

    first: int
    second: int
    path: list[str]
    first_root: str
    second_root: str


PROOF = (
    Filter("seq", "integer", "Which line, counted from 0."),
    Filter("size", "integer", "In the log of how many lines; the newest when left out."),
)
CONSISTENCY = (
    Filter("first", "integer", "The smaller size."),
    Filter("second", "integer", "The larger size; the newest when left out."),
)


def head(call: Call) -> HttpResponse:
    """Answer the signed head."""
    signed = log.sign_head(call.community.pk, now())
    return answer(
        SignedHead(
            str(call.community.pk), signed.size, bytes(signed.root).hex(), _moment(signed.at),
            bytes(signed.signature).hex(), signing.public_key().hex(),
        )
    )  # fmt: skip


def proof(call: Call) -> HttpResponse:
    """Answer the proof that a line is in the log."""
    community, newest = call.community.pk, log.size_of(call.community.pk)
    asked = _numbers(call, PROOF, {"size": newest})
    seq, size = asked["seq"], asked["size"]
    if not seq < size <= newest:
        raise _out_of_bounds(newest)
    line = log.line_at(community, seq)
    item = leaf(seq, bytes(line.commitment), line.cleared.encode())
    path = log.prove_inclusion(community, seq, size)
    root = log.span(community, 0, size)
    hexes = [step.hex() for step in path]
    return answer(InclusionProof(seq, size, bytes(line.commitment).hex(), line.cleared, item.hex(), hexes, root.hex()))


def consistency(call: Call) -> HttpResponse:
    """Answer the proof that nothing before was changed."""
    community, newest = call.community.pk, log.size_of(call.community.pk)
    asked = _numbers(call, CONSISTENCY, {"second": newest})
    first, second = asked["first"], asked["second"]
    if not first <= second <= newest:
        raise _out_of_bounds(newest)
    path = [step.hex() for step in log.prove_consistency(community, first, second)]
    roots = (log.span(community, 0, first).hex(), log.span(community, 0, second).hex())
    return answer(ConsistencyProof(first, second, path, *roots))


def _moment(at: datetime) -> str:
    # As it was signed, to the letter.
    return at.isoformat()


def _numbers(call: Call, filters: tuple[Filter, ...], usual: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = dict(usual)
    known = {one.name: one for one in filters}
    for name, text in call.GET.items():
        if name in known:
            try:
                found[name] = known[name].read(str(text))
            except ValueError as error:
                raise Unmet(400, "bad_query", str(error), {name: [str(error)]}) from None
    for name in known:
        if name not in found:
            words = _("Say which: %(name)s is missing in the address.") % {"name": name}
            raise Unmet(400, "bad_query", words, {name: [words]})
    return found


def _out_of_bounds(newest: int) -> Unmet:
    words = _("The log has %(size)s lines now. Ask within it, the smaller number first.") % {"size": newest}
    return Unmet(400, "out_of_bounds", words)
