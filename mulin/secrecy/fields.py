"""Model fields: a text that is encrypted in the database, and the keyed hash it is found by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import models

from .ciphers import seal, unseal
from .hashes import keyed_hash
from .normal import normal_id_number, normal_phone

NORMALISERS: dict[str, Callable[[str], str]] = {"phone": normal_phone, "id_number": normal_id_number}


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """A text sealed under the current key, with the key's id before it; an empty text stays empty.

    The seal is bound to the model and the field: a value copied to another column does not open.
    """

    def bound(self) -> str:
        """Name the place that values are bound to."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if hasattr(value, "as_sql"):
            # `bulk_update` wraps this field's own values; another column's text would be stored in clear.
            if value.output_field == self:
                return value
            raise FieldError(f"{self.bound()} is encrypted: write a value, not an expression.")
        return seal(str(value), self.bound()) if value not in (None, "") else value

    def prepared(self, rows: Sequence[models.Model]) -> list[Any]:
        """Seal the texts of many new rows: where they are bound to is put together once."""
        bound, texts = self.bound(), [getattr(row, self.attname) for row in rows]
        return [seal(str(text), bound) if text not in (None, "") else text for text in texts]

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return unseal(value, self.bound()) if value else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        # Only lookups come here; the same text is sealed differently each time.
        if value not in (None, ""):
            raise FieldError(f"{self.bound()} is encrypted: look it up by its keyed hash.")
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None


class HashField(models.CharField):  # type: ignore[type-arg]
    """The keyed hash of another field (`of`) of the same row, kept by `save` and `bulk_create`; empty when that is."""

    def __init__(self, purpose: str = "", of: str = "", **options: Any) -> None:
        self.purpose, self.of = purpose, of
        options.update(max_length=64, blank=True, default="", editable=False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for settled in ("max_length", "blank", "default", "editable"):
            options.pop(settled, None)
        return name, path, args, {**options, "purpose": self.purpose, "of": self.of}

    def prepared(self, rows: Sequence[models.Model]) -> list[str]:
        """Hash for many new rows; one that was made with its hash has it already."""
        return [getattr(row, self.attname) or self.pre_save(row, True) for row in rows]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        hashed = hash_of(self.purpose, str(getattr(model_instance, self.of) or ""))
        setattr(model_instance, self.attname, hashed)
        return hashed


def hash_of(purpose: str, value: str) -> str:
    """Hash a value as its HashField does: normalised first where that can be done, empty for empty."""
    try:
        normal = NORMALISERS.get(purpose, str.strip)(value) if value.strip() else ""
    except ValidationError:
        # What came from elsewhere may be no phone at all: it is kept, and found by its own spelling.
        normal = value.strip()
    return keyed_hash(purpose, normal) if normal else ""
