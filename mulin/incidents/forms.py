"""What is asked of an incident."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.cases.flow import OPEN
from mulin.cases.models import Case
from mulin.kernel.forms import Act
from mulin.territory.queries import places
from mulin.web.forms import Words

from .figures import MOST_PARTS, PLACES
from .models import Part


class _Placed(Act):
    """The words of an incident and where it is, as `kind:id`."""

    title = forms.CharField(
        label=gettext_lazy("In a few words"), max_length=80,
        help_text=gettext_lazy("Such as: the property firm has left."),
    )  # fmt: skip
    words = Words(
        label=gettext_lazy("What everyone should know"), rows=5,
        help_text=gettext_lazy("What happened, whom it concerns, what is being done. No names of residents."),
    )  # fmt: skip
    where = forms.ChoiceField(label=gettext_lazy("Where"), required=False)

    def offer(self) -> None:
        """Offer the community's grids and houses."""
        known = places(self.noun.community)
        grids = [(f"grid:{grid.pk}", grid.name) for grid in known.grids]
        houses = [(f"building:{house.pk}", house.name) for house in known.buildings]
        chosen: Any = self.fields["where"]
        chosen.choices = [("", PLACES["community"]), (_("Grids"), grids), (_("Houses"), houses)]

    def clean_where(self) -> tuple[str, UUID | None]:
        """Take the place apart."""
        kind, _sep, key = str(self.cleaned_data["where"]).partition(":")
        return (kind, UUID(key)) if key else ("community", None)


class Declare(_Placed):
    """What happened, where, and the cases it begins with."""

    cases = forms.ModelMultipleChoiceField(
        Case.objects.none(), label=gettext_lazy("Its first cases"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each keeps its own history and closes by itself."),
    )  # fmt: skip
    tell = forms.BooleanField(label=gettext_lazy("Tell everyone whom it concerns now"), required=False, initial=True)

    field_order = ("title", "words", "where", "cases", "tell")

    def offer(self) -> None:
        """Offer places, and the open cases that belong to no incident yet, the newest first."""
        super().offer()
        chosen: Any = self.fields["cases"]
        chosen.queryset = free_cases(self.by, self.noun.community)
        chosen.label_from_instance = named
        chosen.initial = [self.noun.first_case] if self.noun.first_case else []


class Correct(_Placed):
    """The words and the place anew."""

    def offer(self) -> None:
        """Begin with what stands there."""
        super().offer()
        self.fields["title"].initial, self.fields["words"].initial = self.noun.title, self.noun.words
        if self.noun.place_id:
            self.fields["where"].initial = f"{self.noun.place_kind}:{self.noun.place_id}"


class ReportOn(Act):
    """How it stands, and whether all are told."""

    words = Words(
        label=gettext_lazy("How does it stand?"), rows=4,
        help_text=gettext_lazy("Everyone can read it on the incident's page. No names of residents."),
    )  # fmt: skip
    tell = forms.BooleanField(label=gettext_lazy("Tell everyone whom it concerns"), required=False)


class Add(Act):
    """Which cases belong to it."""

    cases = forms.ModelMultipleChoiceField(
        Case.objects.none(), label=gettext_lazy("Which cases"), widget=forms.CheckboxSelectMultiple
    )

    def offer(self) -> None:
        """Offer open cases that belong to no incident yet, the newest first."""
        chosen: Any = self.fields["cases"]
        chosen.queryset = free_cases(self.by, self.noun.community)
        chosen.label_from_instance = named


class TakeOut(Act):
    """Which case does not belong to it after all, and why."""

    case = forms.ModelChoiceField(Case.objects.none(), label=gettext_lazy("Which case"), empty_label=None)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)

    def offer(self) -> None:
        """Offer its own cases."""
        chosen: Any = self.fields["case"]
        keys = [part.case_id for part in self.noun.parts]
        if not getattr(self.by, "community_id", None):
            return
        chosen.queryset = Case.objects.visible_to(self.by).filter(community=self.noun.community, pk__in=keys)
        chosen.label_from_instance = named


class End(Act):
    """What was done, and what is learnt from it."""

    lesson = Words(label=gettext_lazy("What was done, and what do we learn from it?"), rows=4)


class Reopen(Act):
    """Why it is not over."""

    words = Words(label=gettext_lazy("Why"))


def free_cases(viewer: Any, community: Any) -> Any:
    """Keep open cases that the viewer may see and that belong to no incident; the newest."""
    if not getattr(viewer, "community_id", None):  # the clock and the system choose nothing
        return Case.objects.none()
    found = Case.objects.visible_to(viewer).filter(community=community, state__in=OPEN)
    free = found.exclude(pk__in=Part.objects.filter(community=community, left_at=None).values("case"))
    newest = list(free.order_by("-happened_at").values_list("pk", flat=True)[:MOST_PARTS])
    kept = Case.objects.visible_to(viewer).filter(community=community, pk__in=newest)
    return kept.for_list().order_by("-happened_at")


def named(case: Any) -> str:
    """Name a case by number and what everyone may read of it."""
    where = case.entrance or case.building or case.grid
    return str(_(", ")).join(str(each) for each in (f"{case.number} {case.shown_title}", where) if each)
