"""What a community's own cases taught: one row for each community, made anew by `mulin learn` and every night."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mulin.kernel.models import TenantModel


class Lesson(TenantModel):
    """What was learnt last: words and their weights, places, and answers; no words that only few people say."""

    learnt_at = models.DateTimeField()
    looked_at = models.DateTimeField(db_index=True)  # whether there was something new
    cases = models.PositiveIntegerField()  # learnt from
    taught_by = models.CharField(max_length=64)  # the fingerprint of what it was learnt from
    body = models.BinaryField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("learnt_at", "looked_at", "cases"), "public"),
        **dict.fromkeys(("taught_by", "body"), "personal"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community"], name="lesson_once")]

    def __str__(self) -> str:
        return f"{self.community_id} {self.learnt_at:%Y-%m-%d}"
