"""What the moves of a step ask; what has to be handed in is asked, what is not stays away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.forms import Act
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.uploads import files
from mulin.uploads.forms import PhotosField
from mulin.votes.queries import days_wrong
from mulin.web.forms import Day

from .. import queries
from ..figures import ACCOUNT, ACTORS, CARRY_OUT, DESK, MARKS, MEET, MINUTES, PHOTOS, PROPOSER, REPORT
from .fields import Line, Public, money

AGREED, NOT_AGREED = "agreed", "not_agreed"


class CallVote(Act):
    """On which days is voted; empty: the first that the rules allow."""

    opens_on = Day(
        label=_("First day of voting"), required=False, help_text=_("Empty: the first that the rules allow.")
    )
    closes_on = Day(label=_("Last day of voting"), required=False)

    def clean(self) -> dict[str, Any]:
        """Hold the days that the rules ask."""
        told = super().clean() or {}
        step: Any = self.noun
        if self.errors:
            return told
        rules = queries.ruleset(step)
        days = queries.days_for(step, rules, told.get("opens_on"), told.get("closes_on"))
        for name, words in days_wrong(rules, step.community, *days):
            self.add_error(name, words)
        return {**told, "opens_on": days[0], "closes_on": days[1]}


class CountHands(Act):
    """Who was there, and how many hands were raised; a second person who was there agrees."""

    where = Line(label=_("Where was it?"), max_length=80)
    held_on = Day(label=_("On which day?"))
    present = forms.IntegerField(label=_("How many were there?"), min_value=1, max_value=99999)
    yes = forms.IntegerField(label=_("Hands for it"), min_value=0, max_value=99999)
    no = forms.IntegerField(label=_("Hands against it"), min_value=0, max_value=99999)
    abstain = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=99999)
    words = Public(label=_("What was said"), max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        """Hold that nobody raised two hands, and that it was not to come."""
        told = super().clean() or {}
        if self.errors:
            return told
        if told["yes"] + told["no"] + told["abstain"] > told["present"]:
            self.add_error("present", _now("More hands than people. Please count again."))
        return {**told, "held_on": _day(self, told["held_on"])}


def _day(form: Act, day: Any) -> str:
    step: Any = form.noun
    if day > today_in(step.community):
        form.add_error("held_on", _now("This day is still to come. Write it down when it was held."))
    return str(day.isoformat())


class Entrust(Act):
    """Who carries it out, and by when."""

    carrier = forms.ChoiceField(label=_("Who carries it out?"))
    by_when = Day(label=_("By when?"), required=False)

    def offer(self) -> None:
        """List the desk, who brought it, and the organisations here."""
        fields: Any = self.fields
        step: Any = self.noun
        here = Organisation.objects.filter(community=step.community_id).living().order_by("name")
        own = [(DESK, ACTORS[DESK]), (PROPOSER, ACTORS[PROPOSER])]
        fields["carrier"].choices = [*own, *((str(row.pk), row.name) for row in here)]

    def clean_by_when(self) -> Any:
        """Hold that the day is to come."""
        step: Any = self.noun
        day = self.cleaned_data["by_when"]
        if day and day < today_in(step.community):
            raise forms.ValidationError(_now("This day is over. Choose one to come."))
        return day


class ReportOn(Act):
    """How far it is."""

    words = Public(label=_("How far is it?"), max_length=1000, rows=3)
    photos = PhotosField(label=_("Pictures"))


class Conclude(Act):
    """What was handed in: minutes and what was decided, or what was done, measured and spent."""

    held_on = Day(label=_("On which day?"))
    where = Line(label=_("Where was it?"), max_length=80)
    spoke = Line(
        label=_("Who spoke?"), max_length=300, required=False, help_text=_("In which role; no names of neighbours.")
    )  # fmt: skip
    words = Public(label=pgettext_lazy("evidence", "Report"), max_length=4000, rows=6)
    decision = forms.ChoiceField(
        label=_("What was decided?"), choices=[(AGREED, _("It goes on")), (NOT_AGREED, _("It does not go on"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    measured = Line(label=_("What was measured or counted?"), max_length=300, required=False)
    cost = money(_("What did it cost, in yuan?"), required=False)
    photos = PhotosField(label=_("Pictures"))

    def offer(self) -> None:
        """Ask only what this step asks for."""
        step, fields = self.noun, self.fields
        away = ("measured", "cost") if step.kind == MEET else ("held_on", "where", "spoke", "decision")
        if step.kind not in (MEET, CARRY_OUT):
            away = (*away, "measured", "cost")
        for name in away:
            del fields[name]
        fields["words"].required = bool({MINUTES, REPORT} & set(step.evidence))
        if MINUTES in step.evidence:
            fields["words"].label = _("Minutes")
        if ACCOUNT in step.evidence and "cost" in fields:
            fields["cost"].required = True

    def clean(self) -> dict[str, Any]:
        """Hold that what has to be handed in is there."""
        told = super().clean() or {}
        step: Any = self.noun
        if PHOTOS in step.evidence and not told.get("photos") and not files.photos_of(step):
            self.add_error("photos", _now("This step asks for pictures. Add at least one."))
        if told.get("held_on"):
            told["held_on"] = _day(self, told["held_on"])
        return told


class Rate(Act):
    """How it turned out."""

    mark = forms.TypedChoiceField(
        label=_("How did it turn out?"), coerce=int, choices=list(MARKS.items()), template_name="web/rating.html",  # type: ignore[call-arg]
    )  # fmt: skip
    words = Public(
        label=_("A word on it"), max_length=500, required=False,
        help_text=_("Shown without your name when the days are over."),
    )  # fmt: skip


class ObjectTo(Act):
    """What the supervisors object to, and why."""

    words = Public(
        label=_("What do you object to, and why?"), max_length=1000, rows=4,
        help_text=_("Everyone can read it. The step stands still until somebody else has answered."),
    )  # fmt: skip


class Answer(Act):
    """What is answered to the objection."""

    words = Public(label=_("Answer"), max_length=1000, rows=4, help_text=_("Everyone can read it."))
