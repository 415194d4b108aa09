"""What the editor of ways asks: a way's name, one step of it; the numbers of a community; a sitting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.bodies.models import Body
from mulin.people.figures import in_their_language
from mulin.votes.queries import packs
from mulin.web.forms import Day

from .. import queries
from ..figures import ACTORS, BODY, BODYS, EVIDENCE, HANDS, KINDS, LONGEST_STEP, step_of, written
from ..models import Step
from .fields import Line


class WayForm(forms.Form):
    """What a way is called."""

    zh = forms.CharField(label=_("Name in Chinese"), max_length=60)
    en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    zh_about = forms.CharField(label=_("What it is for, in Chinese"), max_length=300, required=False)
    en_about = forms.CharField(label=_("What it is for, in English"), max_length=300, required=False)
    source = forms.CharField(label=_("By which rule or decision"), max_length=200, required=False)


class StepForm(forms.Form):
    """One step of a way."""

    zh = forms.CharField(label=_("Name in Chinese"), max_length=60)
    en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("step", "What happens?"), choices=list(KINDS.items()))
    actor = forms.ChoiceField(label=_("Who acts?"))
    days = forms.IntegerField(
        label=_("For how many days, or within how many?"), min_value=0, max_value=LONGEST_STEP, initial=7
    )  # fmt: skip
    evidence = forms.MultipleChoiceField(
        label=_("What has to be handed in?"), choices=list(EVIDENCE.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    rules = forms.ChoiceField(label=_("By which rules, where it is a vote?"), required=False)

    def __init__(self, *args: Any, community: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        bodies = [(f"{BODY}{body.kind}", str(body)) for body in queries.in_office(community)]
        fields["actor"].choices = [*ACTORS.items(), *dict(bodies).items()]
        if (kept := self.initial.get("actor")) and kept not in dict(fields["actor"].choices):
            fields["actor"].choices.append((kept, kept))
        known = [
            (key, in_their_language(pack.rules.title_zh, pack.rules.title_en))
            for key, pack in packs().items()
            if pack.rules.ballot != "choose"
        ]
        own = [("", _("No vote")), (HANDS, _("Show of hands, more than half")), (BODYS, _("The body's own rules"))]
        fields["rules"].choices = [*own, *known]

    def clean(self) -> dict[str, Any]:
        """Read the step as it is stored."""
        told = super().clean() or {}
        if self.errors:
            return told
        try:
            return {"step": written([step_of(told)])[0]}
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class SettingsForm(forms.Form):
    """The numbers that a community sets."""

    supporters = forms.IntegerField(
        label=_("Supporters with whom a proposal may go on against the desk's word"), min_value=1, max_value=9999
    )  # fmt: skip


class NewSitting(forms.Form):
    """Where and when a body hears several pitches, and which in which order."""

    body = forms.ModelChoiceField(Body.objects.none(), label=_("Which council or committee?"))
    held_on = Day(label=_("On which day?"))
    where = Line(label=_("Where?"), max_length=80)
    words = Line(label=_("What one should know"), max_length=300, required=False)
    steps = forms.ModelMultipleChoiceField(
        Step.objects.none(), label=_("Which pitches?"), widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Minutes for each"), min_value=1, max_value=120, initial=10)

    def __init__(self, *args: Any, community: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = queries.in_office(community)
        fields["steps"].queryset = queries.to_pitch(community)

    def clean(self) -> dict[str, Any]:
        """Hold that every pitch is for this very body."""
        told = super().clean() or {}
        body = told.get("body")
        if body and any(step.body_id != body.pk for step in told.get("steps") or ()):
            self.add_error("steps", _now("One of these is for another council or committee."))
        return told
