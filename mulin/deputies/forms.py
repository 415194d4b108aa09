"""What the moves of suggestions ask; each form offers only what its viewer may choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.people.models import Organisation

from . import queries
from .figures import CLASSES, JUDGEMENTS, MOST_CASES, PLANNED, SOURCES

PUBLIC = _("Everyone reads it once it is handed on: no names of residents, no doors, no numbers.")


class Words(forms.CharField):
    """A few sentences."""

    def __init__(self, *, rows: int = 3, max_length: int = 500, **options: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **options)


class CasesField(forms.CharField):
    """Cases of the community, by their numbers; gives those that one may see, and says of which there is none."""

    by: Any = None
    community: Any = None

    def clean(self, value: Any) -> Any:
        said = super().clean(" ".join(map(str, value)) if isinstance(value, list) else value)
        numbers = list(dict.fromkeys(said.replace(",", " ").replace("，", " ").replace("、", " ").split()))
        if len(numbers) > MOST_CASES:
            raise forms.ValidationError(_now("Name at most %(most)s cases.") % {"most": MOST_CASES})
        found = queries.cases_by_number(self.by, self.community, numbers)
        if lacking := [number for number in numbers if number.upper() not in found]:
            words = _now("There is no such case here: %(numbers)s. Copy the number from the case's page.")
            raise forms.ValidationError(words % {"numbers": ", ".join(lacking)})
        return list(found.values())


def _department(label: Any, **options: Any) -> Any:
    return forms.ModelChoiceField(Organisation.objects.none(), label=label, **options)


class Draft(Act):
    """What is wrong, what is proposed, on what ground, and to whom."""

    title = forms.CharField(label=_("What is it about?"), max_length=80)
    matter = Words(
        label=_("What is the matter, and whom does it concern?"), max_length=2000, rows=5, help_text=PUBLIC
    )  # fmt: skip
    proposal = Words(label=_("What do you suggest?"), max_length=2000, rows=5)
    source = forms.ChoiceField(label=_("Where does it come from?"), choices=list(SOURCES.items()))
    residents = forms.IntegerField(
        label=_("How many residents came with it?"), min_value=1, max_value=9999, required=False
    )
    cases = CasesField(
        label=_("On which cases does it rest?"), max_length=600, required=False,
        help_text=_("Their numbers, with a space between them. Only who may see a case sees it here."),
    )  # fmt: skip
    department = _department(
        _("Which department should answer?"), required=False, empty_label=_("The desk finds out"),
        help_text=_("The desk checks it within a week; after that it goes there by itself."),
    )  # fmt: skip

    def offer(self) -> None:
        """List departments; begin with what stands there."""
        suggestion: Any = self.noun
        fields: Any = self.fields
        fields["department"].queryset = queries.departments(suggestion.community)
        fields["cases"].by, fields["cases"].community = self.by, suggestion.community
        if case := suggestion.begun_with:
            self.initial = {"cases": case.number, "source": "cases", **self.initial}
        if not suggestion._state.adding and not self.is_bound:
            kept = ("title", "matter", "proposal", "source", "residents", "department")
            numbers = " ".join(case.number for case in queries.cases_of(self.by, suggestion))
            self.initial = {**{name: getattr(suggestion, name) for name in kept}, "cases": numbers, **self.initial}


class Correct(Draft):
    """The same, to be changed."""


class _Reasoned(Act):
    reason = Words(label=_("Reason"), rows=2)


class SendBack(_Reasoned):
    """What the deputy should change before everyone reads it."""


class HandOn(Act):
    """Who answers, and who takes part."""

    department = _department(_("Which department answers?"))
    partners = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Which others take part?"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def offer(self) -> None:
        """List departments; begin with the one that was named."""
        fields, suggestion = self.fields, self.noun
        rows = queries.departments(suggestion.community)
        for name in fields:
            field: Any = fields[name]
            field.queryset = rows
        named = suggestion.named_id if suggestion.handed_back_at else suggestion.department_id
        if not self.is_bound:
            taking_part = [each.organisation_id for each in suggestion.partners]
            self.initial = {"department": named, "partners": taking_part, **self.initial}


class HandBack(_Reasoned):
    """Why it is not the department's affair, and whose it is."""

    named = _department(_("Whose is it?"), required=False, empty_label=_("We do not know"))

    def offer(self) -> None:
        """List the other departments."""
        field: Any = self.fields["named"]
        field.queryset = queries.departments(self.noun.community).exclude(pk=self.noun.department_id)


class ReportOn(Act):
    """How far it is."""

    words = Words(label=_("How far is it?"), max_length=1000, help_text=_("Everyone can read it."))


class Extend(Act):
    """Why three months are not enough."""

    reason = Words(
        label=_("Why are three months not enough?"), rows=2,
        help_text=_("Then there are six, if the desk agrees. Everyone can read the reason."),
    )  # fmt: skip


class Answer(Act):
    """The answer, its class, and by which day it will be done where it is planned."""

    text = Words(label=_("The answer"), max_length=4000, rows=8, help_text=_("Everyone can read it."))
    klass = forms.ChoiceField(label=_("Its class"), choices=list(CLASSES.items()), widget=forms.RadioSelect)
    promised_on = forms.DateField(
        label=_("By which day?"), required=False, widget=forms.DateInput({"type": "date"}),
        help_text=_("Only where it is planned. The day after, everyone sees whether it was kept."),
    )  # fmt: skip
    signed = forms.CharField(label=_("Signed by"), max_length=80, help_text=_("The office, and who answers for it."))

    def clean(self) -> dict[str, Any]:
        """Ask for a day where it is planned."""
        told = super().clean() or {}
        if told.get("klass") == PLANNED and not told.get("promised_on") and "promised_on" not in self.errors:
            self.add_error("promised_on", _now("Where it is planned, say by which day."))
        return told


class Judge(Act):
    """Whether the answer satisfies."""

    judgement = forms.TypedChoiceField(
        label=_("Does the answer satisfy you?"), coerce=int, choices=list(JUDGEMENTS.items()),
        widget=forms.RadioSelect, template_name="web/rating.html",  # type: ignore[call-arg]
    )  # fmt: skip
    words = Words(label=_("A word about it, for everyone"), required=False, rows=2)


class Fulfil(Act):
    """How the promise was kept."""

    words = Words(label=_("What was done?"), max_length=1000, help_text=_("Everyone can read it."))


class Admit(_Reasoned):
    """Why the promise cannot be kept."""


class Withdraw(Act):
    """Why it is withdrawn."""

    reason = Words(label=_("Reason"), rows=2, required=False)
