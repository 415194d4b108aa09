"""Start-up checks: a flow that does not hold together, or a field without a class, stops the program and says where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import Error, register

from .models import Noun, TenantModel, nouns

CLASSES = {"public", "contact", "personal", "sensitive", "sealed"}
FRAMEWORK = {"id", "community", "state", "version", "created_at", "due_at", "rings_at", "clocks"}


@register()
def flows_hold_together(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [error for model in nouns() for error in _flow_errors(model)]


def _flow_errors(model: type[Noun]) -> Iterator[Error]:
    flow, states = model.flow, set(model.flow.states.values)
    for move in flow:
        for state in {*move.sources, *move.targets} - states:
            yield Error(f"{flow.package}: move '{move.name}' names an unknown state '{state}'.", id="flow.E001")
        try:
            flow.action(move.name)
        except AttributeError:
            yield Error(f"{flow.package}: write actions.{move.name}(), for the move '{move.name}'.", id="flow.E002")
    for limit in flow.limits:
        sources = {state for move in flow if move.name == limit.then for state in move.sources}
        if not set(limit.states) <= sources:
            yield Error(f"{flow.package}: '{limit.then}' cannot end '{limit.name}' in each state.", id="flow.E003")


@register()
def every_field_has_a_class(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [error for model in apps.get_models() for error in _class_errors(model)]


def _class_errors(model: Any) -> Iterator[Error]:
    if not model.__module__.startswith("mulin."):
        return
    given = getattr(model, "classes", {})
    framework = FRAMEWORK if issubclass(model, TenantModel) else set()
    for field in model._meta.concrete_fields:
        kind = given.get(field.name, "public" if field.name in framework else None)
        if kind not in CLASSES:
            yield Error(
                f"{model._meta.label}.{field.name} has no class: public, contact, personal, sensitive or sealed?",
                hint=f"Name it in {model.__name__}.classes (law 13 in docs/develop/laws.md).",
                id="kernel.E010",
            )
