"""What may stand in a cell: each function reads one value as spreadsheets give it, or raises ValueError with words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

EXCEL_DAY_0 = date(1899, 12, 30)
LONGEST = 200
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]+0?0:00(?::00(?:\.0+)?)?)?|(\d{4})(\d\d)(\d\d)"
)
_SIGNS = str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+")
_SQUARE_METRES = re.compile(r"(m²|㎡|m2|平方米|平米|平方)$")


def text_of(most: int, *, least: int = 1) -> Callable[[Any], str]:
    """Read words of a limited length; a number that Excel made of them becomes its digits again."""

    def read(value: Any) -> str:
        said = plain(value)
        if len(said) > most:
            raise ValueError(_("This is too long: at most %(most)s characters.") % {"most": most})
        if len(said) < least:
            raise ValueError(_("This is too short: at least %(least)s characters.") % {"least": least})
        return said

    return read


text = text_of(LONGEST)


def plain(value: Any) -> str:
    """Write any cell as people see it: no ".0" behind whole numbers, no hour behind a day."""
    if type(value) is str:
        return value.strip()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return str(value).strip()


def whole(value: Any) -> int:
    """Read a whole number."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    said = plain(value).translate(_SIGNS).replace(",", "").removesuffix(".0")
    if not re.fullmatch(r"[+-]?\d{1,15}", said):
        raise ValueError(_("This is no whole number: %(said)s.") % {"said": plain(value)[:40]})
    return int(said)


def whole_between(least: int, most: int) -> Callable[[Any], int]:
    """Read a whole number between two others."""

    def read(value: Any) -> int:
        number = whole(value)
        if not least <= number <= most:
            words = _("Give a number from %(least)s to %(most)s.")
            raise ValueError(words % {"least": least, "most": most})
        return number

    return read


def number_between(least: float, most: float) -> Callable[[Any], float]:
    """Read a number that may have decimals, such as a longitude."""

    def read(value: Any) -> float:
        try:
            number = float(value if isinstance(value, (int, float)) else plain(value).translate(_SIGNS))
        except ValueError:
            raise ValueError(_("This is no number: %(said)s.") % {"said": plain(value)[:40]}) from None
        if not least <= number <= most:
            words = _("Give a number from %(least)s to %(most)s.")
            raise ValueError(words % {"least": least, "most": most})
        return number

    return read


def decimal_area(value: Any) -> int:
    """Read square metres with at most two decimals as hundredths (law 11)."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # Excel keeps 89.29 as the nearest binary number: what lies beyond six decimals is not meant.
        said = repr(round(float(value), 6))
    else:
        said = _SQUARE_METRES.sub("", plain(value).translate(_SIGNS).lower()).replace(",", "").strip()
    try:
        hundredths = Decimal(said) * 100
    except InvalidOperation:
        words = _("This is no area: %(said)s. Write square metres, such as 89.50.")
        raise ValueError(words % {"said": plain(value)[:40]}) from None
    if not hundredths.is_finite() or not 0 < hundredths <= 10_000_000:
        raise ValueError(_("This area cannot be right. Give square metres, as in the deed."))
    if hundredths != int(hundredths):
        raise ValueError(_("An area has at most two decimals, such as 89.50."))
    return int(hundredths)


def day(value: Any) -> date:
    """Read a day: a date cell, Excel's number of it, 2024-05-01, 2024/5/1, 20240501 or 2024年5月1日."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        with suppress(ValueError):
            return date.fromisoformat(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 1 <= value < 80_000:
        return EXCEL_DAY_0 + timedelta(days=int(value))
    found = _DAY.fullmatch(plain(value).translate(_SIGNS))
    try:
        if found:
            return date(*(int(part) for part in found.groups() if part))
    except ValueError:
        pass
    raise ValueError(_("This is no day: %(said)s. Write it as 2024-05-01.") % {"said": plain(value)[:40]})


_PHONE = re.compile(r"1[3-9]\d{9}|0[1-9]\d{8,10}|[2-9]\d{6,7}|[48]00\d{7}|\+[1-9]\d{6,14}")


def phone(value: Any) -> str:
    """Read a phone number; spaces, dashes, +86 and Excel's ".0" make no difference."""
    said = plain(value)
    if _PHONE.fullmatch(said):
        return said
    bare = re.sub(r"[\s\-‐-―()./]", "", unicodedata.normalize("NFKC", plain(value)))
    bare = re.sub(r"^(?:\+|00)86(?=1)|^86(?=1[3-9]\d{9}$)", "", bare)
    if not _PHONE.fullmatch(bare):
        raise ValueError(_("This does not look like a phone number. A mobile number has 11 digits."))
    return bare


class Choice:
    """Reads one of some words; `shown` are those that a template offers."""

    def __init__(self, words: Mapping[Any, Sequence[str]]) -> None:
        self.shown = [said[0] for said in words.values()]
        self._first = {value: said[0] for value, said in words.items()}
        self._values = {_bare(word): value for value, said in words.items() for word in said}
        self._values |= {_bare(str(value)): value for value in words if isinstance(value, str)}

    def __call__(self, value: Any) -> Any:
        if value.__class__ is str and value in self._values:
            return self._values[value]
        try:
            return self._values[_bare(plain(value))]
        except KeyError:
            words = _("This is none of the words that can stand here: %(said)s. Take one of: %(words)s.")
            said = {"said": plain(value)[:40], "words": _(", ").join(self.shown)}
            raise ValueError(words % said) from None

    def say(self, value: Any) -> str:
        """Return the word for a value."""
        return self._first.get(value, "")


def _bare(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace(" ", "")


def choice(words: Mapping[Any, Sequence[str]]) -> Choice:
    """Read one of some words: {value: (the word in templates, other words, …)}."""
    return Choice(words)


yes_no = Choice({True: ("是", "yes", "y", "true", "1", "√", "有"), False: ("否", "no", "n", "false", "0", "×", "无")})
