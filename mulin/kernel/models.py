"""The tables every module stands on: a tenant's row, a noun with a life, links, and keys against second clicks."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from typing import Any, ClassVar, Self
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, models
from django.db.models import Q

from mulin import sql
from mulin.journal.log import Entry

from .clock import ALWAYS, Calendar
from .flow import Flow
from .ids import uuid7

# True while the engine writes a noun; nothing else may (law 1).
engine_writes: ContextVar[bool] = ContextVar("engine_writes", default=False)


class WroteOutsideAction(RuntimeError):
    """A noun was about to be written by something that is not an action."""


class TenantModel(models.Model):
    """A row that belongs to one community for ever."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No index of its own: every index that counts begins with the community anyway.
    community = models.ForeignKey(settings.COMMUNITY_MODEL, models.PROTECT, related_name="+", db_index=False)

    classes: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def _do_update(
        self, base_qs: Any, using: Any, pk_val: Any, values: Any, update_fields: Any, forced_update: bool,
        *args: Any,
    ) -> Any:  # fmt: skip
        # Citus refuses to update the distribution column: it goes into WHERE, never into SET.
        values = [value for value in values if value[0].attname != "community_id"]
        base_qs = base_qs.filter(community_id=self.community_id)
        return super()._do_update(base_qs, using, pk_val, values, update_fields, forced_update, *args)


class NounQuerySet(models.QuerySet[Any]):
    """Reads freely; writes only for the engine."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what this viewer may read; every noun says so itself."""
        raise NotImplementedError

    def for_list(self) -> Self:
        """Load with each noun what its title and address need; a noun that needs more says so."""
        return self

    def _guard(self) -> None:
        if not engine_writes.get():
            raise WroteOutsideAction(f"Write an action for {self.model.__name__}: only the engine saves nouns.")

    def update(self, **kwargs: Any) -> int:
        self._guard()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._guard()
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        self._guard()
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._guard()
        return super().bulk_update(*args, **kwargs)


class Noun(TenantModel):
    """Something with a life: a state, clocks, and a version for those who change it at the same time."""

    flow: ClassVar[Flow]
    is_repeat = False  # set on what a repeated call gets back
    is_sealed = False  # the open part of its lines does not even say what kind of noun it is
    last_line: Entry | None = None  # what the journal was told last, while this call runs

    state = models.CharField(max_length=32, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)
    due_at = models.DateTimeField(null=True, editable=False)  # what people see: the next promise
    rings_at = models.DateTimeField(null=True, editable=False)  # what the clock sees: the next move of its own
    clocks = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["rings_at"], condition=Q(rings_at__isnull=False), name="%(class)s_rings")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not engine_writes.get():
            raise WroteOutsideAction(f"Write an action for {type(self).__name__}: only the engine saves nouns.")
        if self._state.adding:
            sql.insert(self)
        elif not sql.update(self):
            raise DatabaseError(f"{self!r} is not there to be saved.")

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise WroteOutsideAction("A noun is never deleted: it ends in a state, or its details are erased.")

    @property
    def state_label(self) -> str:
        return str(self.flow.states(self.state).label)

    def acts_as(self, by: Any) -> Any:
        """Say as whom somebody acts on this noun: without a name, where that was promised."""
        return by

    @property
    def calendar(self) -> Calendar:
        """Say which hours count for this noun's working-time limits."""
        return ALWAYS


def nouns() -> list[type[Noun]]:
    """List every model that has a life."""
    return [model for model in apps.get_models() if issubclass(model, Noun)]


class Link(TenantModel):
    """One noun came of another, or belongs to it."""

    source_kind = models.CharField(max_length=64)
    source_id = models.UUIDField()
    target_kind = models.CharField(max_length=64)
    target_id = models.UUIDField()
    kind = models.CharField(max_length=32)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("source_kind", "source_id", "target_kind", "target_id", "kind"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "source_id", "target_id", "kind"], name="link_once")
        ]
        indexes = [models.Index(fields=["community", "target_id"], name="link_target")]

    def __str__(self) -> str:
        return f"{self.source_kind} {self.kind} {self.target_kind}"


class OnceKey(TenantModel):
    """What a second click or a repeated call gets instead of doing it again: the ref and status, never the body."""

    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    body_hash = models.CharField(max_length=64)
    noun_id = models.UUIDField()
    created_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        "actor": "personal", "key": "personal", "body_hash": "personal", "noun_id": "public", "created_at": "public",
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "actor", "key"], name="once_key")]
        indexes = [models.Index(fields=["created_at"], name="once_age")]

    def __str__(self) -> str:
        return self.key


class Pending(TenantModel):
    """A move that waits for a second person."""

    noun_kind = models.CharField(max_length=64)
    noun_id = models.UUIDField()
    verb = models.CharField(max_length=32)
    actor = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("noun_kind", "noun_id", "verb", "asked_at", "expires_at"), "public"),
        **dict.fromkeys(("actor", "answers"), "personal"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "noun_id", "verb"], name="pending_once")]
        indexes = [models.Index(fields=["expires_at"], name="pending_expires")]

    def __str__(self) -> str:
        return f"{self.verb} {self.noun_kind}:{self.noun_id}"


def pending_for(noun: Noun) -> list[Pending]:
    """List the moves of a noun that wait for a second person."""
    return list(Pending.objects.filter(community_id=noun.community_id, noun_id=noun.pk).order_by("asked_at"))


def foreign_ids(noun: TenantModel) -> list[tuple[type[TenantModel], UUID]]:
    """List the rows of the same tenant that a row points to and that are not loaded yet."""
    found: list[tuple[type[TenantModel], UUID]] = []
    for field, related in _foreign_fields(type(noun)):
        if key := getattr(noun, field.attname):
            if not field.is_cached(noun):
                found.append((related, key))
            elif getattr(noun, field.name).community_id != noun.community_id:
                found.append((related, UUID(int=0)))
    return found


@cache
def _foreign_fields(model: type[TenantModel]) -> list[tuple[Any, type[TenantModel]]]:
    fields = [(field, field.related_model) for field in model._meta.concrete_fields]
    return [(field, to) for field, to in fields if isinstance(to, type) and issubclass(to, TenantModel)]
