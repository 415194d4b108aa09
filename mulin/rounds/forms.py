"""What is asked of routes, rounds, stops and maintenance."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.cases.forms import CategoryField
from mulin.kernel.forms import Act
from mulin.participation.flow import ClaimState
from mulin.participation.models import Claim
from mulin.people.figures import in_their_language, today_in
from mulin.people.models import Organisation, PostKind
from mulin.territory.models import Grid, Spot, SpotKind
from mulin.uploads.forms import PhotosField
from mulin.web.forms import Day, Words

from . import models, queries
from .figures import LONGEST, MOST_EVERY, MOST_LINES, PLACE_WORDS, WEEKDAYS, usual_lines


class Several(forms.MultipleChoiceField):
    """Several of a list; a single one, or keys with commas between, will do."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        return super().to_python(value)


class Draw(Act):
    """The name of a route, who walks it, how often, and what is looked at."""

    name = forms.CharField(label=_("Name of the route"), max_length=60)
    walker = forms.ChoiceField(label=_("Who walks it?"))
    grid = forms.ModelChoiceField(
        Grid.objects.none(), label=_("In which grid?"), required=False, empty_label=_("The whole community"),
        help_text=_("Only for a kind of post: then those of this grid walk it."),
    )  # fmt: skip
    every_days = forms.IntegerField(label=_("Every how many days?"), min_value=1, max_value=366, required=False)
    weekdays = Several(
        label=_("Or on these weekdays"), choices=list(WEEKDAYS.items()), required=False,
        help_text=_("Choose one of the two ways."),
    )  # fmt: skip
    checklist = Words(
        label=_("What is looked at"), required=False, max_length=3000, rows=8,
        help_text=_("One line for each. What begins with a kind and a colon counts only there: “Lamp: it shines”."),
    )  # fmt: skip

    def offer(self) -> None:
        """Offer kinds of posts, teams and claims; begin with the usual checklist."""
        here, walker, grid = self.noun.community, self.fields["walker"], self.fields["grid"]
        kinds = [(f"post:{row.key}", str(row)) for row in PostKind.objects.filter(community=here) if row.capabilities]
        teams = Organisation.objects.living().filter(community=here).order_by("name")
        claims = Claim.objects.filter(community=here, state=ClaimState.KEPT).order_by("title")
        walker.choices = [  # type: ignore[attr-defined]
            ("", "—"),
            (_now("A kind of post"), kinds),
            (_now("A team or organisation"), [(f"team:{row.pk}", str(row)) for row in teams]),
            (_now("Whoever keeps a place"), [(f"claim:{row.pk}", f"{row} {row.subject_name}") for row in claims]),
        ]
        grid.queryset = Grid.objects.filter(community=here).order_by("number")  # type: ignore[attr-defined]
        self.fields["checklist"].initial = usual()

    def clean_walker(self) -> dict[str, Any]:
        """Take apart who walks it."""
        kind, _sep, key = str(self.cleaned_data["walker"]).partition(":")
        if kind == "team":
            return {"team": Organisation.objects.get(community=self.noun.community, pk=UUID(key))}
        if kind == "claim":
            return {"claim": Claim.objects.get(community=self.noun.community, pk=UUID(key))}
        return {"post": key}

    def clean_checklist(self) -> list[dict[str, str]]:
        """Read the checklist: what stands before a colon is a kind of stop, where it is one."""
        said = [line.strip() for line in self.cleaned_data["checklist"].splitlines() if line.strip()]
        if len(said) > MOST_LINES:
            raise forms.ValidationError(_now("At most %(most)s lines.") % {"most": MOST_LINES})
        return [_line(each[:120]) for each in said]


def _kinds() -> dict[str, str]:
    return {
        **{key: str(word) for key, word in PLACE_WORDS.items()},
        **{key: str(word) for key, word in SpotKind.choices},
    }


def _line(said: str) -> dict[str, str]:
    before, sep, words = said.replace("：", ":", 1).partition(":")
    named = {word.lower(): key for key, word in _kinds().items()} | {key: key for key in _kinds()}
    kind = named.get(before.strip().lower(), "") if sep and words.strip() else ""
    return {"kind": kind, "words": words.strip() if kind else said}


def written(checklist: list[dict[str, str]]) -> str:
    """Write a checklist as the form shows it."""
    colon, kinds = str(_(": ")), _kinds()
    return "\n".join((kinds[each["kind"]] + colon if each["kind"] else "") + each["words"] for each in checklist)


def usual() -> str:
    """Write the checklist with which a route begins."""
    return written([{"kind": kind, "words": in_their_language(zh, en)} for kind, zh, en in usual_lines()])


class Amend(Draw):
    """The same anew."""

    def offer(self) -> None:
        """Begin with what stands there."""
        super().offer()
        route = self.noun
        walker = f"post:{route.post_kind}" if route.post_kind else f"team:{route.organisation_id}"
        begun = {
            "name": route.name, "walker": f"claim:{route.claim_id}" if route.claim_id else walker,
            "grid": route.grid_id, "every_days": route.every_days, "weekdays": list(route.weekdays),
            "checklist": written(route.checklist),
        }  # fmt: skip
        for name, value in begun.items():
            self.fields[name].initial = value


class AddStops(Act):
    """Which places."""

    places = Several(label=_("Which places?"))

    def offer(self) -> None:
        """Offer spots, entrances and houses that are not on it yet."""
        there = {str(stop.place_id) for stop in self.noun.stops}
        choices = [(key, name) for key, name, _kind in queries.place_choices(self.noun.community)]
        self.fields["places"].choices = [each for each in choices if each[0].partition(":")[2] not in there]  # type: ignore[attr-defined]

    def clean_places(self) -> list[tuple[str, UUID]]:
        """Take the places apart."""
        pairs = (each.partition(":") for each in self.cleaned_data["places"])
        return [(kind, UUID(key)) for kind, _sep, key in pairs]


class TakeOut(Act):
    """Which stop."""

    stop = forms.ModelChoiceField(models.Stop.objects.none(), label=_("Which stop?"), empty_label=None)

    def offer(self) -> None:
        """Offer the stops of this route."""
        rows = models.Stop.objects.filter(community=self.noun.community, route=self.noun)
        self.fields["stop"].queryset = rows  # type: ignore[attr-defined]


class ShiftStop(TakeOut):
    """Which stop, and where to."""

    to = forms.ChoiceField(label=_("Where to?"), choices=[("up", _("Move up")), ("down", _("Move down"))])


class Prolong(Act):
    """Until when."""

    until = Day(label=_("Last day"), help_text=_("Within a year; then it ends by itself, unless it is prolonged."))

    def offer(self) -> None:
        """Begin with a day some months ahead."""
        self.fields["until"].initial = today_in(self.noun.community) + LONGEST / 2


class Activate(Prolong):
    """From when until when."""

    starts_on = Day(label=_("First day"), required=False, help_text=_("Empty is today."))
    field_order = ("starts_on", "until")


class _Why(Act):
    reason = Words(label=_("Why"), max_length=300, rows=2)


class CallOff(_Why):
    """Why nobody needs to walk."""


class Explain(_Why):
    """Why it was missed."""


class Retire(_Why):
    """Why the plan ends."""


class End(Act):
    """Why the route ends."""

    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class Finish(Act):
    """A word about the round."""

    note = forms.CharField(label=_("A word about the round"), max_length=500, required=False)


class Missed(_Why):
    """Why a stop was left out."""


class Finding(Act):
    """What was found at a stop; it becomes a case there."""

    words = Words(label=_("What did you find?"), rows=3)
    photos = PhotosField(label=_("Photos"), required=False)
    category = CategoryField(required=False)

    def offer(self) -> None:
        """Offer the kinds of matters."""
        self.fields["category"].offer(self.noun.community_id)  # type: ignore[attr-defined]


class Plan(Act):
    """What is done to which spot, how often, by whom."""

    spot = forms.ModelChoiceField(Spot.objects.none(), label=_("Which spot?"), empty_label=None)
    what = forms.CharField(
        label=_("What is done?"), max_length=80, help_text=_("Such as: change the bulb, yearly inspection.")
    )
    is_inspection = forms.BooleanField(label=_("It is an inspection by law, valid until a day"), required=False)
    every_days = forms.IntegerField(label=_("Every how many days?"), min_value=1, max_value=MOST_EVERY)
    due_on = Day(label=_("Due next, or valid until"))
    last_on = Day(label=_("Last done on"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who looks after it?"), required=False, empty_label=_("The community")
    )

    def offer(self) -> None:
        """Offer spots and organisations; begin with what stands there."""
        here = self.noun.community
        self.fields["spot"].queryset = Spot.objects.filter(community=here).order_by("name")  # type: ignore[attr-defined]
        firms = Organisation.objects.living().filter(community=here).order_by("name")
        self.fields["organisation"].queryset = firms  # type: ignore[attr-defined]


class Correct(Plan):
    """The same anew."""

    def offer(self) -> None:
        """Begin with what stands there."""
        super().offer()
        for name, field in self.fields.items():
            value = getattr(self.noun, f"{name}_id", None) or getattr(self.noun, name)
            field.initial = value


class Record(Act):
    """When it was done, what is worth knowing, and when it is due next."""

    done_on = Day(label=_("Done on"))
    next_on = Day(label=_("Due next, or valid until"), required=False, help_text=_("Empty: as usual."))
    note = forms.CharField(label=_("What is worth knowing"), max_length=500, required=False)
    photos = PhotosField(label=_("Photos"), required=False, most=3)

    def offer(self) -> None:
        """Begin with today."""
        self.fields["done_on"].initial = today_in(self.noun.community)
