"""What a community keeps for its proposals: its own templates, and the numbers that it sets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.models import TenantModel

from ..figures import SUPPORTERS, Plan, steps_of


class Template(TenantModel):
    """A community's own way for proposals, begun as a copy of another."""

    key = models.SlugField(max_length=40)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=60, blank=True)
    zh_about = models.CharField(max_length=300, blank=True)
    en_about = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, blank=True)
    steps = models.JSONField(default=list)
    retired = models.BooleanField(default=False)  # offered no more; proposals keep their own copy
    changed_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("key", "zh", "en", "zh_about", "en_about", "source", "steps", "retired", "changed_at"), "public"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "key"], name="proposal_template_key")]

    def __str__(self) -> str:
        return str(self.plan)

    @property
    def plan(self) -> Plan:
        about = (self.zh_about, self.en_about, self.source)
        return Plan(self.key, self.zh, self.en or self.zh, *about, steps_of(self.steps))


class Settings(TenantModel):
    """The numbers that a community sets for its proposals."""

    supporters = models.PositiveSmallIntegerField(default=SUPPORTERS)  # to go on against the desk's verdict, once

    classes: ClassVar[dict[str, str]] = {"supporters": "public"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community"], name="proposal_settings_once"),
            models.CheckConstraint(condition=Q(supporters__gte=1), name="proposal_settings_supporters"),
        ]

    def __str__(self) -> str:
        return str(self.supporters)
