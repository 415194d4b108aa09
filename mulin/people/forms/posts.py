"""What is asked about a post and the terms for which people hold it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.web.forms import Day

from .. import queries
from ..figures import PLACE_LABELS, PLACES
from ..flow import State
from ..models import Organisation, Post, PostKind
from .choosing import OnePerson, here, one_of, seen


class AddPost(Act):
    """Which kind of post is opened where."""

    kind = forms.ModelChoiceField(PostKind.objects.none(), label=_("Kind of post"), empty_label=_("Please choose"))
    place = forms.ChoiceField(label=_("Where"))
    organisation = one_of(Organisation, _("Of which organisation"))
    title = forms.CharField(
        label=_("Title"), max_length=80, required=False,
        help_text=_("Without one it is called by its kind."),
    )  # fmt: skip

    def offer(self) -> None:
        """Offer the kinds and places of the community."""
        fields: Any = self.fields
        fields["kind"].queryset = PostKind.objects.filter(community=here(self.by)).order_by("name_zh")
        fields["organisation"].queryset = seen(Organisation.objects, self.by).living().order_by("name")
        found = queries.places_of(here(self.by))
        fields["place"].choices = [
            ("community", PLACE_LABELS["community"]),
            *(
                (PLACE_LABELS[kind], [(f"{kind}:{place.pk}", str(place)) for place in found[kind]])
                for kind in PLACES[1:]
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Take the place apart, and see that such a post can be there."""
        told = self.cleaned_data
        kind, _colon, key = told.pop("place", "").partition(":")
        if "kind" in told and kind and kind not in told["kind"].places:
            names = ", ".join(str(PLACE_LABELS[place]) for place in told["kind"].places)
            self.add_error("place", ValidationError(_("Such a post can be at: %(places)s."), params={"places": names}))
        return told | {"place_kind": kind, "place_id": UUID(key) if key else None}


class Rename(Act):
    """The new title."""

    title = forms.CharField(
        label=_("Title"), max_length=80, required=False, help_text=_("Without one it is called by its kind.")
    )

    def offer(self) -> None:
        """Show the present one."""
        if self.noun is not None:
            self.initial = {"title": self.noun.title, **self.initial}


class _Successor(OnePerson):
    def candidates(self) -> Any:
        """Keep who does not have the post and was not asked."""
        rows = super().candidates()
        post = self.noun.post_id if self.noun is not None else None
        if post is None:
            return rows
        has = self.noun.post.terms.filter(community=self.noun.community_id).exclude(state=State.ENDED)
        return rows.exclude(pk__in=has.values("person"))


class Offer(OnePerson):
    """Who is asked to take which post, and for which days."""

    post = forms.ModelChoiceField(Post.objects.none(), label=_("Post"), widget=forms.HiddenInput())
    starts_on = Day(label=_("First day"), required=False, help_text=_("Empty means today."))
    ends_on = Day(label=_("First day without it"), required=False, help_text=_("Empty means a year later."))

    def offer(self) -> None:
        """Offer the posts of the community."""
        super().offer()
        if self.noun is not None and self.noun.post_id:
            self.initial = {"post": self.noun.post_id, **self.initial}
        posts: Any = self.fields["post"]
        posts.queryset = seen(Post.objects, self.by).existing()


class HandOver(_Successor):
    """Who comes next, and when."""

    on = Day(
        label=_("Day of the change"), required=False,
        help_text=_("Empty means the last day of the present term."),
    )  # fmt: skip


class Renew(Act):
    """Until when the term lasts now."""

    ends_on = Day(label=_("New first day without it"))


class End(Act):
    """Why a term ends early."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
