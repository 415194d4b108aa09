"""What people are asked when they get in, invite others, or set their own page."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from mulin.api.resources import offered
from mulin.api.scopes import READ, WRITE, Area
from mulin.kernel.forms import Act
from mulin.people.figures import spelled
from mulin.people.models import Post
from mulin.people.queries import communities_of, place_names
from mulin.secrecy.normal import normal_phone
from mulin.territory.models import Community
from mulin.territory.queries import entrances

from .figures import CALLS_PER_MINUTE, KEY_LIVES, can_text

SHORTEST_PASSWORD = 8


class Target(forms.CharField):
    """A mail address or a phone number, written the one way."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=100, **options)

    def clean(self, value: Any) -> str:
        given = super().clean(value)
        if not given:
            return ""
        if "@" in given:
            validate_email(given.strip())
        else:
            normal_phone(given)
        return spelled(given)


class Reachable(Target):
    """A mail address or phone that something can be sent to from here."""

    def clean(self, value: Any) -> str:
        target = super().clean(value)
        if target and "@" not in target and not can_text():
            raise forms.ValidationError(_("No text messages go out from here. Please enter a mail address."))
        return target


class Password(forms.Form):
    """Sign in with a password."""

    target = forms.CharField(
        label=_("Mail address or phone"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class Code(forms.Form):
    """Where a one-time code or a link goes."""

    target = Reachable(label=_("Mail address or phone"), widget=forms.TextInput(attrs={"autocomplete": "username"}))


class Digits(forms.Form):
    """The one-time code that arrived."""

    code = forms.CharField(
        label=_("Code"), max_length=12, help_text=_("Six digits"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


class NewPassword(forms.Form):
    """A new password."""

    password = forms.CharField(
        label=_("New password"), min_length=SHORTEST_PASSWORD, max_length=200, strip=False,
        help_text=_("At least 8 characters. A short sentence is easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


class Named(forms.Form):
    """What someone who was invited and has an account tells us."""

    name = forms.CharField(label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class Welcome(Named, NewPassword):
    """What someone who was invited tells us."""

    field_order = ["name", "password"]


class Home(Named):
    """Who someone is in a community; the entrance they live at, if they like to say so."""

    home = forms.ChoiceField(
        label=_("Your entrance"), required=False,
        help_text=_("Then you see who looks after your building. Neighbours do not see it."),
    )  # fmt: skip
    plate = forms.CharField(label=_("Or the code on the plate at the door"), required=False, max_length=12)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doors = {door.code: door for door in entrances(community)}
        field: Any = self.fields["home"]
        groups = groupby(self.doors.values(), lambda door: door.building.name)
        choices = [(house, [(door.code, str(door)) for door in doors]) for house, doors in groups]
        field.choices = [("", _("I do not say")), *choices]
        if not self.doors:
            del self.fields["home"], self.fields["plate"]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        code = told.pop("plate", "").strip().upper()
        if code and code not in self.doors:
            self.add_error("plate", _("No door of this community has this code. Choose your entrance from the list."))
        told["home"] = self.doors.get(code or told.get("home", ""))
        return told


class Join(Home):
    """Whoever joins without an account, and where the one-time code goes."""

    target = Reachable(
        label=_("Mail address or phone"), help_text=_("You sign in with it. Neighbours do not see it."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    field_order = ["name", "target"]


class Phone(Reachable):
    """A phone that codes can be sent to from here."""

    def clean(self, value: Any) -> str:
        target = super().clean(value)
        if "@" in target:
            raise forms.ValidationError(_("Please enter a phone number."))
        return target


class Guest(Named):
    """Who goes on without an account, and the phone that the code goes to."""

    target = Phone(
        label=_("Phone"), help_text=_("Only those who work on what you report see it."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    field_order = ["name", "target"]


class VacantPost(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A post, told apart by its place."""

    places: Mapping[Any, str] = {}

    def label_from_instance(self, post: Any) -> str:
        place, title = self.places.get(post.place_id, ""), str(post)
        return title if place in title else f"{place} {title}"


class Invite(Act):
    """Whom to invite to which vacant post."""

    post: Any = VacantPost(queryset=None, label=_("Vacant post"))
    target = Reachable(
        label=_("Mail address or phone"), help_text=_("The invitation goes there. It works for 14 days.")
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        self.community = community
        super().__init__(*args, **kwargs)

    def offer(self) -> None:
        field: Any = self.fields["post"]
        field.queryset = Post.objects.vacant(self.community)
        field.places = place_names(self.community, list(field.queryset))


class Appearance(forms.Form):
    """Language and looks of one's own pages."""

    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)
    theme = forms.ChoiceField(
        label=_("Colours"), choices=[("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=_("Size"), choices=[("plain", _("Plain")), ("elder", _("Large and simple"))],
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["language"]
        field.choices = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


def _days(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


class Key(Act):
    """What a program may do for someone, where, how often and how long."""

    name = forms.CharField(label=_("What is the key for?"), max_length=60)
    community: Any = forms.ModelChoiceField(queryset=None, label=_("Community"))
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=[(READ, _("Read")), (WRITE, _("Write"))],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    only = forms.MultipleChoiceField(
        label=_("Only with these"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: with everything that you may read or do yourself."),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("How long does it work?"), coerce=int, initial=90,
        choices=lambda: [(days, _days(days)) for days in KEY_LIVES],
    )  # fmt: skip
    per_minute = forms.IntegerField(
        label=_("How many calls a minute?"), min_value=1, max_value=CALLS_PER_MINUTE, initial=CALLS_PER_MINUTE
    )

    def offer(self) -> None:
        community: Any = self.fields["community"]
        community.queryset = communities_of(self.by.account_id)
        only: Any = self.fields["only"]
        only.choices = [(each.name, each.model.flow.noun) for each in offered()]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        kinds, chosen = told.get("scopes", []), set(told.pop("only", []))
        areas = [each.area for each in offered() if each.name in chosen]
        told["scopes"] = [scope for area in areas for scope in _scopes(area, kinds)] or kinds
        return told


def _scopes(area: Area, kinds: list[str]) -> list[str]:
    return [area.own] if area.own and len(kinds) == 2 else [f"{area.name}:{kind}" for kind in kinds]
