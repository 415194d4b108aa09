"""What the moves of confidential reports ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.people.models import Organisation, Post, Term
from mulin.web.forms import Words

from . import queries
from .figures import FOR_GROUPS, FOR_OFFICIALS, OUTCOMES, READ


class About(forms.ChoiceField):
    """An organisation or a holder of a post, in one list; a form gives either of the two."""

    def clean(self, value: Any) -> Any:
        """Turn the choice into the organisation or the term; nothing else of the community can be named."""
        kind, _colon, key = super().clean(value).partition(":")
        model: Any = Organisation if kind == "organisation" else Term
        return model._default_manager.select_related("community").get(pk=key)


class Tell(Act):
    """About whom, what happened, when, and whether the two readers learn the name."""

    about = About(label=_("About whom?"))
    words = Words(
        label=_("What happened?"), rows=6, max_length=4000,
        help_text=_("What you saw or heard yourself, and who else can tell. Only the two readers open it."),
    )  # fmt: skip
    happened = forms.CharField(label=_("When?"), max_length=100, required=False, help_text=_("As well as you know."))
    unnamed = forms.TypedChoiceField(
        label=_("Do the two readers learn your name?"), coerce=lambda value: value == "yes",
        choices=[("no", _("Yes, they may ask me")), ("yes", _("No, without my name: I get a code"))],
    )  # fmt: skip

    def offer(self) -> None:
        """Offer groups and holders of posts; without a sign-in only what the community allows."""
        fields: Any = self.fields
        fields["about"].choices = [("", _now("Please choose")), *queries.subjects(self.noun.community)]
        if not self.noun.told_by:
            fields["unnamed"].choices = fields["unnamed"].choices[1:]
            fields["unnamed"].initial = "yes"
        elif not self.noun.community.anonymous_allowed:
            fields["unnamed"].choices = fields["unnamed"].choices[:1]
            fields["unnamed"].initial = "no"


class Ask(Act):
    """What is not clear yet."""

    words = Words(label=_("What do you want to know? Only whoever told it reads this."), rows=3)


class Reply(Act):
    """The answer."""

    words = Words(label=_("Your answer. Only the two readers see it."), rows=4)


class Add(Act):
    """What came to mind since."""

    words = Words(label=_("What else? Only the two readers see it."), rows=4)


class Note(Act):
    """What the two readers tell each other."""

    words = Words(label=_("Only the two of you see it."), rows=3)


class Draft(Act):
    """The outcome, the measure and the ground."""

    outcome = forms.ChoiceField(label=_("What did you find?"), choices=list(OUTCOMES.items()))
    measure = forms.ChoiceField(
        label=_("Which measure do you recommend?"), required=False,
        help_text=_("Only where it is founded. Others decide about it; you do not."),
    )  # fmt: skip
    ground = Words(
        label=_("The ground"), rows=6,
        help_text=_(
            "Whoever takes the measure, and whom it is about, read it; members read it with the measure. "
            "Nothing in it may show who told it."
        ),
    )  # fmt: skip

    def offer(self) -> None:
        """Offer the measures that fit; begin with what stands."""
        fields: Any = self.fields
        fitting = FOR_GROUPS if self.noun.organisation_id else FOR_OFFICIALS
        fields["measure"].choices = [("", "—"), *fitting.items()]
        kept = {name: getattr(self.noun, name) for name in ("outcome", "measure", "ground")}
        self.initial = {**{name: said for name, said in kept.items() if said}, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Ask for a measure where something is founded; refuse a ground that names who told it."""
        told = super().clean() or {}
        if told.get("outcome") == "founded" and not told.get("measure"):
            self.add_error("measure", _now("Say which measure fits what you found."))
        elif told.get("outcome") == "unfounded":
            told["measure"] = ""
        if self.noun.told_name and self.noun.told_name in told.get("ground", ""):
            self.add_error("ground", _now("This names who told it. Write it so that nobody can guess."))
        return told


class Decide(Act):
    """The fingerprint of the very finding that was read."""

    fingerprint = forms.ChoiceField(
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("The finding was changed after you read it. Read it again first.")},
    )

    def offer(self) -> None:
        """Take only the finding that stands."""
        field: Any = self.fields["fingerprint"]
        said = self.noun.fingerprint
        field.choices, field.initial = [(said, said)], said


class Leave(Act):
    """Why the measure is not taken."""

    words = Words(label=_("Why not? The two readers, and whom it is about, read it."), rows=3, max_length=1000)


class Code(forms.Form):
    """The code that whoever told it without a name was given."""

    code = forms.CharField(
        label=_("Secret code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Twelve letters and digits; capitals and spaces do not matter."),
    )  # fmt: skip


class Readers(forms.Form):
    """The two posts that read, and the one that stands in."""

    first = forms.ModelChoiceField(Post.objects.none(), label=_("First reader"))
    second = forms.ModelChoiceField(Post.objects.none(), label=_("Second reader"))
    stand_in = forms.ModelChoiceField(
        Post.objects.none(), label=_("Stand-in"), required=False, empty_label="—",
        help_text=_("Reads in place of one who is concerned, or whose post is vacant."),
    )  # fmt: skip

    def __init__(self, *args: Any, community: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = Post.objects.filter(community=community).existing().select_related("kind").order_by("kind", "pk")
        fitting = [post.pk for post in posts if READ in post.kind.capabilities]
        for field in self.fields.values():
            field.queryset = posts.filter(pk__in=fitting)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse one post in two seats."""
        told = super().clean() or {}
        chosen = [post.pk for post in told.values() if post]
        if len(set(chosen)) < len(chosen):
            self.add_error("second", _now("Choose different posts: two people read, not one."))
        return told
