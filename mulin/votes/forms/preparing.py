"""What is asked before a vote: the question, by which rules, of whom, on which days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.bodies.models import Body
from mulin.kernel.forms import Act
from mulin.people.models import Organisation
from mulin.tally.problems import read_fraction

from .. import queries
from ..figures import MOST_CHALLENGE, MOST_NOTICE, MOST_OPTIONS, SEATS, lines


def day(label: Any, **options: Any) -> forms.DateField:
    """Make a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}), **options)


def reason(help_text: Any = "") -> forms.CharField:
    """Make a field for a reason that others read."""
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label=_("Reason"), max_length=300, widget=widget, help_text=help_text)


class Prepare(Act):
    """The question, the rules, who is asked, and when."""

    title = forms.CharField(
        label=_("The question"), max_length=120,
        help_text=_("So that yes and no are clear: Shall we build a bicycle shed?"),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What it is about, and what a yes means"), max_length=4000, required=False,
        widget=forms.Textarea({"rows": 6}),
    )  # fmt: skip
    pack = forms.ChoiceField(
        label=_("By which rules?"), help_text=_("They say who is asked, how many must take part, and what passes.")
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("The seats of which council or committee?"), required=False,
        empty_label=_("None: owners, residents or households are asked"),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Of which place?"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who calls it?"), required=False,
        empty_label=_("The body, or your own post"),
    )  # fmt: skip
    options = forms.CharField(
        label=_("What can be chosen, one on each line"), max_length=4000, required=False,
        widget=forms.Textarea({"rows": 4}), help_text=_("Only where the rules let choose among several."),
    )  # fmt: skip
    chosen = forms.IntegerField(
        label=_("How many of them are chosen?"), min_value=1, max_value=MOST_OPTIONS, required=False
    )  # fmt: skip
    opens_on = day(_("First day of voting"))
    closes_on = day(_("Last day of voting"))
    notice_days = forms.IntegerField(
        label=_("Days of notice, if more than the rules ask"), min_value=0, max_value=MOST_NOTICE, required=False,
        help_text=_("Days between the announcement and the first day."),
    )  # fmt: skip
    challenge_days = forms.IntegerField(
        label=_("Days to challenge the result, if more than the rules ask"), min_value=0, max_value=MOST_CHALLENGE,
        required=False,
    )  # fmt: skip
    passes = forms.CharField(
        label=_("A larger part that has to say yes"), max_length=9, required=False,
        help_text=_("As a fraction of whole numbers: 3/4. Never less than the rules ask."),
    )  # fmt: skip
    proxy_cap = forms.IntegerField(
        label=_("For how many others may one person vote at most?"), min_value=0, max_value=20, required=False,
        help_text=_("Never more than the rules allow; 0 for none."),
    )  # fmt: skip

    def offer(self) -> None:
        """List rules, bodies, places and organisations; begin with what stands there."""
        vote: Any = self.noun
        fields: Any = self.fields
        self.packs, self.places = queries.packs(), queries.places(vote.community)
        fields["pack"].choices = [("", _now("Please choose")), *((key, each.name) for key, each in self.packs.items())]
        whole = ("community", _now("The whole community"))
        fields["place"].choices = [whole, *((key, name) for key, (_kind, _id, name) in self.places.items() if name)]
        fields["body"].queryset = queries.bodies(vote.community)
        fields["organisation"].queryset = queries.organisations(vote.community)
        if not vote._state.adding and not self.is_bound:
            self.initial = {**_of(vote), **self.initial}

    def clean_options(self) -> list[str]:
        """Read one option for each line."""
        said = lines(self.cleaned_data["options"])
        if len(said) > MOST_OPTIONS:
            raise forms.ValidationError(_now("At most %(most)s can stand for choice.") % {"most": MOST_OPTIONS})
        return said

    def clean_passes(self) -> tuple[int, int] | None:
        """Read an exact fraction."""
        said = self.cleaned_data["passes"]
        try:
            return read_fraction(said) if said.strip() else None
        except ValueError:
            words = _now("Write an exact fraction, such as 2/3 or 3/4. With 0.6667 an exact two thirds would fail.")
            raise forms.ValidationError(words) from None

    def clean(self) -> dict[str, Any]:
        """Make the rules of this vote from the pack and what was adapted, and see that the days fit."""
        told = super().clean() or {}
        pack = self.packs.get(told.get("pack", ""))
        adapted = {name: told.pop(name, None) for name in ("notice_days", "challenge_days", "passes", "proxy_cap")}
        chosen = told.pop("chosen", None)
        told.pop("pack", None)
        told["place"] = self.places.get(told.get("place") or "community")
        if pack is None or self.errors:
            return told
        try:
            told["rules"] = queries.adapted(pack.rules, seats=chosen, **adapted)
        except ValueError as error:
            self.add_error(None, str(error))
            return told
        self._fits(told)
        return told

    def _fits(self, told: dict[str, Any]) -> None:
        rules = told["rules"]
        if rules.electorate == SEATS:
            told["place"] = self.places["community"]
            if told.get("body") is None:
                self.add_error("body", _now("These rules are for the seats of a council or committee: say of which."))
        else:
            told["body"] = None
        if rules.ballot == "choose" and len(told["options"]) <= rules.seats:
            self.add_error("options", _now("Let more stand for choice than are chosen."))
        if rules.ballot != "choose":
            told["options"] = []
        for name, words in queries.days_wrong(rules, self.noun.community, told["opens_on"], told["closes_on"]):
            self.add_error(name, words)


def _of(vote: Any) -> dict[str, Any]:
    rules, place = vote.rules, f"{vote.place_kind}:{vote.place_id}" if vote.place_id else "community"
    return {
        "title": vote.title, "words": vote.words, "pack": rules["key"], "body": vote.body_id, "place": place,
        "organisation": vote.organisation_id, "options": "\n".join(each["title"] for each in vote.options),
        "chosen": rules["seats"] or None, "opens_on": vote.opens_on, "closes_on": vote.closes_on,
        "notice_days": rules["notice_days"], "challenge_days": rules["challenge_days"],
        "proxy_cap": rules["proxy_cap"],
    }  # fmt: skip


class Amend(Prepare):
    """The same, to be changed."""


class TakeBack(Act):
    """Why rules or days are changed."""

    reason = reason(_("Everyone can read it. Announced again, all days count from the beginning."))


class CallOff(Act):
    """Why it is called off."""

    reason = reason(_("Everyone can read it."))


class CorrectRoll(Act):
    """What was corrected in the register."""

    reason = reason(_("Correct owners, areas or homes in the register first; then the roll is taken from it anew."))
