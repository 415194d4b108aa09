"""A file of texts with labels, read for measuring; whatever is in it, what is wrong is said in a sentence."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused

COLUMNS = ("text", "label")
ENCODINGS = ("utf-8-sig", "gb18030")
MOST_BYTES, MOST_ROWS, MOST_LABELS = 200_000_000, 1_000_000, 1_000
NAMED = 5  # labels that a sentence names


@dataclass(frozen=True)
class Texts:
    """Texts with their labels, and how many rows had none of one or the other."""

    texts: list[str]
    labels: list[str]
    left_out: int


def read(path: Path) -> Texts:
    """Read a CSV file with the columns text and label. Raises Refused."""
    if path.stat().st_size > MOST_BYTES:
        raise Refused("too_large", _("The file is larger than 200 MB. Take a part of it."))
    rows = csv.DictReader(_decoded(path.read_bytes()).splitlines(keepends=True), strict=False)
    csv.field_size_limit(sys.maxsize)
    try:
        heads = [(head or "").strip().casefold() for head in rows.fieldnames or ()]
        if missing := [column for column in COLUMNS if column not in heads]:
            words = _("The first line must name the columns text and label. Missing: %(names)s.")
            raise Refused("columns", words % {"names": ", ".join(missing)})
        rows.fieldnames = heads
        kept, seen = [], 0
        for seen, row in enumerate(rows, 1):
            if seen > MOST_ROWS:
                raise Refused("too_many", _("The file has more than a million rows. Take a part of it."))
            text, label = (str(row.get(column) or "").strip() for column in COLUMNS)
            if text and label:
                kept.append((text, label))
    except csv.Error as error:
        raise Refused("not_csv", _("This is no CSV file: %(why)s.") % {"why": error}) from None
    if not kept:
        raise Refused("empty", _("No row has both a text and a label."))
    texts, labels = zip(*kept, strict=True)
    return Texts(list(texts), list(labels), seen - len(kept))


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise Refused("encoding", _("The file is neither in UTF-8 nor in GB 18030. Save it as UTF-8."))


def check(labels: Sequence[str], folds: int) -> None:
    """Refuse what cannot be measured in so many folds."""
    often = Counter(labels)
    if folds < 2:
        raise Refused("folds", _("Take at least two folds: one is learnt from, the other tried."))
    if len(often) < 2:
        raise Refused("one_label", _("All rows have the same label. There is nothing to tell apart."))
    if len(often) > MOST_LABELS:
        raise Refused("labels", _("There are more than a thousand labels. Are columns mixed up?"))
    if rare := sorted(label for label, count in often.items() if count < folds):
        words = _(
            "These labels have fewer rows than folds (%(folds)s): %(names)s. Take fewer folds, or leave them out."
        )
        named = ", ".join(f"{label[:40]} ({often[label]})" for label in rare[:NAMED])
        raise Refused("rare", words % {"folds": folds, "names": named + (" …" if len(rare) > NAMED else "")})
