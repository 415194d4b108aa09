"""Rules: named yes/no questions about a viewer and a noun.

A rule never writes, never reads the request, and carries the words used to refuse: the same label is shown on the
page, in the API error and in the docs table. It follows a colon ("Who can do this: …"), so no language bends it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .clock import CLOCK, SYSTEM, now


@dataclass(frozen=True)
class Rule:
    label: Any  # str, or a lazy translation
    test: Callable[[Any, Any], bool]

    def __call__(self, viewer: Any, noun: Any) -> bool:
        return self.test(viewer, noun)

    def __or__(self, other: Rule) -> Rule:
        label = format_lazy(_("{one} or {other}"), one=self.label, other=other.label)
        return Rule(label, lambda viewer, noun: self(viewer, noun) or other(viewer, noun))

    def __and__(self, other: Rule) -> Rule:
        label = format_lazy(_("{one} and also {other}"), one=self.label, other=other.label)
        return Rule(label, lambda viewer, noun: self(viewer, noun) and other(viewer, noun))


def rule(label: Any) -> Callable[[Callable[[Any, Any], bool]], Rule]:
    """Turn a plain yes/no function into a Rule that can be combined with `|` and `&`."""
    return lambda test: Rule(label, test)


def is_here(viewer: Any, noun: Any) -> bool:
    """Tell whether somebody acts in the noun's own community; the clock and the system are in none."""
    return bool(getattr(viewer, "community_id", None) == noun.community_id)


@rule(_("the clock"))
def the_clock(viewer: Any, noun: Any) -> bool:
    return viewer is CLOCK and noun.rings_at is not None and noun.rings_at <= now()


@rule(_("the system itself"))
def the_system(viewer: Any, noun: Any) -> bool:
    return viewer is SYSTEM


@rule(_("anyone"))
def anyone(viewer: Any, noun: Any) -> bool:
    return True
