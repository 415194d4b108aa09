"""The form field for photos: several files in, safe pictures out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mulin.kernel.refusals import Refused

from .pictures import Picture, prepare
from .waiting import still_there, taken_up

MOST_PHOTOS = 6


class PhotosInput(forms.FileInput):
    """An input for several photos; a phone offers its camera. Tokens of photos that wait come with them."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # Naming these formats makes iPhones send JPEG in place of HEIC.
        super().__init__({"multiple": True, "accept": "image/jpeg,image/png,image/webp", **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Read the files, behind the tokens of photos that came with the form before."""
        sent = super().value_from_datadict(data, files, name) or []
        return [*(data.getlist("kept") if hasattr(data, "getlist") else ()), *sent]


class PhotosField(forms.FileField):
    """Up to six photos, optional unless said otherwise; its clean value is a list of pictures."""

    widget = PhotosInput
    waiting: Sequence[tuple[str, str]]  # token and address of each photo that came with the form before
    default_error_messages = {"required": _("Please add a photo.")}

    def __init__(self, *, most: int = MOST_PHOTOS, required: bool = False, **options: Any) -> None:
        self.most, self.waiting = most, ()
        super().__init__(required=required, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Picture]:
        """Make the photos safe, or say why one was not taken."""
        sent = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        kept = still_there([each for each in sent if isinstance(each, str)][: self.most])
        files = [each for each in sent if not isinstance(each, str)]
        if not files and not kept and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > (most := self.most - len(kept)):
            words = ngettext("Please choose at most %(most)d photo.", "Please choose at most %(most)d photos.", most)
            raise ValidationError(words % {"most": most}, code="too_many")
        try:
            return [*taken_up(kept), *prepare(files)]
        except Refused as refused:
            raise ValidationError(refused.message, code=refused.code) from refused

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)
