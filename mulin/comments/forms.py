"""What the moves of comments and cooling-offs ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.people.models import Organisation

from . import queries
from .figures import LONGEST, LONGEST_MORE, LONGEST_PAUSE, OUTCOMES, PAUSES, REASONS

OPEN_TO_ALL = _("Everyone can read it. Do not repeat what you hide.")


class Words(forms.CharField):
    """A few sentences."""

    def __init__(self, *, rows: int = 3, max_length: int = 300, **options: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **options)


def _reason(choices: dict[str, Any], label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices.items()), widget=forms.RadioSelect)


class Write(Act):
    """What one has to say, on which matter, and to which comment."""

    words = Words(
        label=_("Your words"), max_length=LONGEST, rows=4,
        help_text=_("Your name stands beside it, for neighbours only. Say what you think of the matter."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("For whom do you speak?"), required=False, empty_label=_("For myself")
    )
    on = forms.CharField(max_length=120, widget=forms.HiddenInput)
    answers = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def offer(self) -> None:
        """List the units for which one speaks; who speaks for none is not asked."""
        field: Any = self.fields["unit"]
        if found := queries.units(self.by):
            field.queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in found])
        else:
            field.widget = forms.HiddenInput()


class Change(Act):
    """The words as they should be."""

    words = Words(label=_("Your words"), max_length=LONGEST, rows=4)

    def offer(self) -> None:
        """Begin with what stands there."""
        if not self.is_bound:
            self.initial = {"words": self.noun.words, **self.initial}


class Add(Act):
    """What should stand under it."""

    words = Words(
        label=_("What do you add?"), max_length=LONGEST_MORE,
        help_text=_("What you wrote first stays as it is; this stands under it, with its time."),
    )  # fmt: skip


class Report(Act):
    """What is wrong with it."""

    reason = _reason(REASONS, _("What is wrong with it?"))
    words = Words(
        label=_("A word to those who look at it"), required=False,
        help_text=_("Nobody reads who reported it, not even they."),
    )  # fmt: skip


class Hide(Act):
    """Why it is hidden."""

    reason = _reason(REASONS, _("Why is it hidden?"))
    words = Words(label=_("The reason in your words"), help_text=OPEN_TO_ALL)


class Ask(Act):
    """Why somebody else should look at it."""

    words = Words(
        label=_("Why should it be shown?"), max_length=LONGEST_MORE,
        help_text=_("Somebody else than who hid it looks at it, within seven days."),
    )  # fmt: skip


class Decide(Act):
    """What came of the second look."""

    outcome = _reason(OUTCOMES, _("What do you decide?"))
    words = Words(label=_("Why?"), help_text=OPEN_TO_ALL)


class Cool(Act):
    """How long, and why."""

    reason = _reason(PAUSES, _("Why should it cool off?"))
    words = Words(label=_("Say it in a sentence to everyone"), help_text=_("Name no person: it is for all alike."))
    hours = forms.IntegerField(
        label=_("For how many hours?"), min_value=1, max_value=LONGEST_PAUSE, initial=24,
        help_text=_("Seventy-two at most. Then it opens by itself."),
    )  # fmt: skip
    on = forms.CharField(max_length=120, widget=forms.HiddenInput)
