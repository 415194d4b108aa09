"""What each move asks. A form named after its move serves the page and the API alike."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import now
from mulin.kernel.forms import Act
from mulin.kernel.refusals import Refused
from mulin.people.models import Post
from mulin.secrecy.normal import normal_phone
from mulin.territory import queries as places
from mulin.uploads.forms import PhotosField
from mulin.web.forms import Day, Words

from . import queries, rules
from .flow import OPEN
from .models import Case, Category


class CategoryField(forms.ChoiceField):
    """A category by its key. What there is to choose from is put into words only where it is shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("What kind of matter?"), **kwargs)

    def offer(self, community_id: Any, blank: Any = "") -> None:
        self.community_id = community_id
        self.found: dict[Any, Category | None] = {}
        self.blank = blank or _("You choose for me")
        self.choices = self._grouped

    def _grouped(self) -> list[tuple[Any, Any]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in queries.leaves(self.community_id):
            groups.setdefault(str(row.parent or row), []).append((row.key, str(row)))
        return [*([] if self.required else [("", self.blank)]), *groups.items()]

    def valid_value(self, value: Any) -> bool:
        # Looked up by its key: to put the whole tree together for one answer costs more than all the rest.
        self.found = {value: queries.leaf(self.community_id, str(value))}
        return self.found[value] is not None

    def clean(self, value: Any) -> Category | None:
        key = super().clean(value)
        return self.found[key] if key else None


class PlaceAct(Act):
    """A form that asks where, in any of the ways people can tell it."""

    e = forms.CharField(label=_("Code on the door plate"), max_length=12, required=False)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-90, max_value=90)
    address = forms.CharField(
        label=_("Where is it?"), max_length=200, required=False,
        help_text=_("Building and entrance, or how to find it"),
    )  # fmt: skip
    place_needed = True

    def clean(self) -> dict[str, Any]:
        """Turn whatever was told into one place. Adds `place` to the answers."""
        answers = super().clean() or {}
        asked = {name: answers.pop(name, None) for name in ("e", "lon", "lat", "address")}
        try:
            answers["place"] = self._place(**asked)
        except Refused as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from None
        if answers["place"] is None and self.place_needed and not {"lon", "lat", "address"} & set(self.errors):
            words = _("Tell where it is: scan the code at the door, pick the place on the map, or write the address.")
            raise forms.ValidationError(words, code="no_place")
        return answers

    def _place(self, e: str | None, lon: float | None, lat: float | None, address: str | None) -> Any:
        community, entrance = self.noun.community, None
        if e:
            entrance = places.entrance_by_code(community, e)
            if entrance is None:
                raise Refused("unknown_code", gettext("This code is not one of ours. Check it, or write the address."))
        return queries.where(community, entrance=entrance, lon=lon, lat=lat, address=address or "")


class Report(PlaceAct):
    words = Words(label=_("What is wrong?"), rows=4)
    photos = PhotosField(label=_("Photos"), required=False)
    category = CategoryField(required=False)
    disclosure = forms.ChoiceField(
        label=_("Who can see it?"),
        choices=[
            ("named", _("Neighbours too")),
            ("confidential", _("Only those who handle it")),
            ("anonymous", _("Without my name")),
        ],
        initial="named",
        help_text=_("Your name is never public. Please no faces or number plates in the photos."),
    )
    contact_name = forms.CharField(label=_("For whom?"), max_length=60, required=False)
    contact_phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, help_text=_("Only for questions about this matter.")
    )
    behalf = forms.BooleanField(label=_("I report this for someone else"), required=False)
    once = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("words", "photos", "address", "category", "disclosure", "contact_phone", "behalf", "contact_name")

    def offer(self) -> None:
        self.fields["category"].offer(self.noun.community_id)  # type: ignore[attr-defined]
        serves = self.by.can("cases.desk") or self.by.can("cases.handle")
        if not serves:
            del self.fields["behalf"], self.fields["contact_name"]
            if self.by.is_person:  # whose number the register holds: they need not say it again
                self.fields["contact_phone"].label = _("Another phone number")
                self.fields["contact_phone"].help_text = _("Empty means the number we have, only for questions.")
        if not self.by.is_someone:
            allowed = [("anonymous", _("Without my name"))]
            self.fields["disclosure"].choices = allowed  # type: ignore[attr-defined]
            self.fields["disclosure"].initial = "anonymous"
        elif not self.noun.community.anonymous_allowed:
            del self.fields["disclosure"].choices[-1]  # type: ignore[attr-defined]

    def clean_contact_phone(self) -> str:
        phone = self.cleaned_data["contact_phone"]
        try:
            return normal_phone(phone) if phone else ""
        except ValueError:
            raise forms.ValidationError(_("Write the phone number with its digits, or leave it out.")) from None

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers.pop("once", None)
        if not self.by.is_someone and not self.noun.community.anonymous_allowed:
            raise forms.ValidationError(_("This community asks you to sign in before you report."), code="sign_in")
        return answers


class Reply(Act):
    words = Words(label=_("Your answer"))
    photos = PhotosField(label=_("Photos"), required=False)


class Confirm(Act):
    rating = forms.TypedChoiceField(
        label=_("How well was it done?"), coerce=int,
        choices=[(3, _("Pleased")), (2, _("So-so")), (1, _("Not pleased"))], widget=forms.RadioSelect,
    )  # fmt: skip
    words = Words(label=_("Anything to add?"), required=False, rows=2)


class Reopen(Act):
    reason = Words(label=_("What is still wrong?"))
    photos = PhotosField(label=_("Photos"), required=False)


class Withdraw(Act):
    reason = Words(label=_("Why?"), required=False, rows=2)


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A post by what it is, where, and who holds it."""

    def label_from_instance(self, post: Any) -> str:
        return " ".join(str(part) for part in (post.grid, post, post.holder) if part)


class Assign(Act):
    post = PostField(label=_("Who takes it?"), queryset=Post.objects.none(), empty_label=_("Please choose"))
    words = Words(label=_("A word to go with it"), required=False, rows=2)

    def offer(self) -> None:
        self.fields["post"].queryset = queries.posts_that_handle(self.noun.community)  # type: ignore[attr-defined]


class Ask(Act):
    words = Words(label=_("What do you want to know from the reporter?"))


class Wait(Act):
    reason = Words(label=_("What does it wait for?"), rows=2)
    until = Day(label=_("Until which day?"))

    def clean_until(self) -> datetime:
        day = self.cleaned_data["until"]
        zone = self.noun.community.zone_info
        moment = datetime.combine(day, time(8, 30), zone)
        if not now() < moment <= now() + timedelta(days=366):
            raise forms.ValidationError(_("Choose a day from tomorrow on, within a year."))
        return moment


class PassUp(Act):
    reason = Words(label=_("Why does it need the next level?"))


class Correct(PlaceAct):
    category = CategoryField(required=False)
    place_needed = False

    def offer(self) -> None:
        self.fields["category"].offer(self.noun.community_id, _("Leave as it is"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not answers.get("category") and answers.get("place") is None and not self.errors:
            raise forms.ValidationError(_("Choose another category or tell another place."), code="nothing")
        return answers


class Merge(Act):
    into = forms.CharField(label=_("Number of the case it belongs to"), max_length=24)

    def clean_into(self) -> Case:
        number = self.cleaned_data["into"].strip().upper()
        seen = Case.objects.visible_to(self.by)
        found: Case | None = seen.filter(community=self.noun.community_id, number=number).first()
        if found is None or found.pk == self.noun.pk or found.state not in OPEN:
            raise forms.ValidationError(_("There is no open case with this number. It looks like B-2026-00012."))
        return found


class Refuse(Act):
    why = forms.ChoiceField(
        label=_("Why?"),
        choices=[
            ("not_ours", _("Not ours to settle")),
            ("no_action", _("Nothing can be done")),
            ("not_a_matter", _("Not a matter for a case")),
        ],
    )
    words = Words(label=_("What the reporter reads: the reason, and where to go instead"))


class Solve(Act):
    cause = Words(label=_("What was the cause?"), rows=2)
    remedy = Words(label=_("What was done?"), rows=2)
    photos = PhotosField(label=_("Photos of it now"), required=False)
    summary = forms.CharField(
        label=_("Summary for the public"), max_length=200, required=False,
        help_text=_("Without names or doors. Neighbours read this."),
    )  # fmt: skip


class Note(Act):
    words = Words(label=_("Note"))
    audience = forms.ChoiceField(
        label=_("Who reads it?"),
        choices=[("internal", _("Only those who handle it")), ("reporter", _("The reporter too"))],
    )

    def offer(self) -> None:
        if self.noun is not None and not rules.takes_part(self.by, self.noun):
            del self.fields["audience"]


class Summarise(Act):
    summary = forms.CharField(
        label=_("Summary for the public"), max_length=200, help_text=_("Without names or doors. Neighbours read this.")
    )

    def offer(self) -> None:
        if self.noun and (self.noun.solver or self.noun.public_summary):  # whoever solved it may have proposed one
            self.fields["summary"].initial = queries.proposed_summary(self.noun)
