"""What is asked while a vote is on and after it: the ballot, who is present, a show of hands, a challenge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.forms import Act

from .. import queries
from ..figures import CHOICES, FOLLOW


class Cast(Act):
    """For which entry, and what; nothing is chosen beforehand."""

    entry = forms.ChoiceField(label=_("For which entry of the roll?"))
    choice = forms.ChoiceField(label=_("Your vote"), widget=forms.RadioSelect)
    options = forms.MultipleChoiceField(label=_("Your choice"), widget=forms.CheckboxSelectMultiple)

    def offer(self) -> None:
        """List the entries for which one may vote, and what can be chosen."""
        fields: Any = self.fields
        found = self.noun.chances(self.by) if getattr(self.by, "person_id", None) else []
        fields["entry"].choices = [(each.entry.key, f"{each.entry.key} {each.entry.unit}") for each in found]
        fields["entry"].required = len(found) != 1
        if self.noun.is_choosing:
            del fields["choice"]
            fields["options"].choices = [(each["key"], each["title"]) for each in self.noun.options]
        else:
            del fields["options"]
            allowed = [key for key in CHOICES if key != FOLLOW or self.noun.rules["follow"]]
            fields["choice"].choices = [(key, CHOICES[key]) for key in allowed]

    def clean_options(self) -> list[str]:
        """Take no more than are chosen."""
        said, most = self.cleaned_data["options"], self.noun.rules["seats"]
        if len(said) > most:
            raise forms.ValidationError(_now("Choose at most %(most)s.") % {"most": most})
        return list(said)


class Nominate(Act):
    """Which of several owners votes for all."""

    owner = forms.ChoiceField(label=_("Who votes for all of you?"), widget=forms.RadioSelect)

    def offer(self) -> None:
        """List who owns together with the viewer."""
        fields: Any = self.fields
        rows = queries.co_owners(self.by, self.noun) if getattr(self.by, "person_id", None) else []
        fields["owner"].choices = [(str(row.pk), f"{row} ({row.entry.unit})") for row in rows]


class CheckIn(Act):
    """Who is there."""

    seats = forms.MultipleChoiceField(label=_("Who is present?"), widget=forms.CheckboxSelectMultiple)

    def offer(self) -> None:
        """List all seats; who is checked in already stays so."""
        fields: Any = self.fields
        rows = self.noun.entries.filter(community=self.noun.community_id).order_by("key")
        fields["seats"].choices = [
            (row.key, f"{row.unit} ✓" if row.present_at else row.unit) for row in rows.only("key", "unit", "present_at")
        ]


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000)


class CountHands(Act):
    """How many hands went up."""

    yes = _number(pgettext_lazy("vote", "Yes"))
    no = _number(pgettext_lazy("vote", "No"))
    abstain = _number(pgettext_lazy("vote", "Abstain"))
    present = _number(_("How many were present?"))

    def clean(self) -> dict[str, Any]:
        """See that no more hands went up than people were there, and no more were there than sit."""
        told = super().clean() or {}
        if {"yes", "no", "abstain", "present"} <= set(told):
            present = told["present"]
            if told["yes"] + told["no"] + told["abstain"] > present:
                self.add_error("present", _now("More hands went up than people were present. Count once more."))
            sitting = self.noun.entries.filter(community=self.noun.community_id).count()
            if present > sitting:
                words = _now("No more can be present than sit in it: %(count)s.") % {"count": sitting}
                self.add_error("present", words)
        return told


class Challenge(Act):
    """What was wrong with the vote."""

    reason = forms.CharField(
        label=_("What was wrong with it?"), max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Somebody who had no part in the vote reads and answers it."),
    )  # fmt: skip


class Answer(Act):
    """Whether the challenge is right, and why."""

    upheld = forms.TypedChoiceField(
        label=_("Is the challenge right?"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("Yes: the vote is void")), ("no", _("No: the result stands"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea({"rows": 4}), help_text=_("Everyone can read it.")
    )  # fmt: skip
