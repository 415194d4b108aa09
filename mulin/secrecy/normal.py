"""One spelling for phones and ID numbers, so that equal ones hash alike; and what a list shows instead of them."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:\+86|0086)0?([1-9]\d{8,10})|0([1-9]\d{8,10})")
_WITHOUT_AREA = re.compile(r"[2-9]\d{6,7}|[48]00\d{7}")
_FOREIGN = re.compile(r"(?:\+|00)([1-9]\d{6,14})")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _bare(text: str) -> str:
    return re.sub(r"[\s\-\u2010-\u2015()./]", "", unicodedata.normalize("NFKC", text[:64]))


def normal_phone(text: str) -> str:
    """Write a phone number the one way, or raise ValidationError."""
    if _MOBILE.fullmatch(text) and text.isascii():
        return text[-11:]
    bare = _bare(text)
    if bare.isascii():
        if found := _MOBILE.fullmatch(bare):
            return found[1]
        if (found := _FOREIGN.fullmatch(bare)) and not found[1].startswith("86"):
            return f"+{found[1]}"
        if found := _LANDLINE.fullmatch(bare):
            return f"0{found[1] or found[2]}"
        if _WITHOUT_AREA.fullmatch(bare):
            return bare
    raise ValidationError(_("This does not look like a phone number. A mobile number has 11 digits."), code="phone")


def normal_id_number(text: str) -> str:
    """Write a resident ID number the one way, or raise ValidationError when its check digit does not fit."""
    bare = _bare(text).upper()
    if re.fullmatch(r"[0-9]{17}[0-9X]", bare):
        # GB 11643: ISO 7064, MOD 11-2.
        rest = sum(int(digit) * weight for digit, weight in zip(bare, _WEIGHTS, strict=False)) % 11
        if "10X98765432"[rest] == bare[17]:
            return bare
    raise ValidationError(
        _("Please look at the ID number again: its 18 characters do not fit together."), code="id_number"
    )


def mask_phone(phone: str) -> str:
    """Show enough of a phone number to recognise one's own."""
    if len(phone) >= 11:
        return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
    return f"{'*' * max(len(phone) - 2, 0)}{phone[-2:]}" if len(phone) > 4 else "*" * len(phone)
