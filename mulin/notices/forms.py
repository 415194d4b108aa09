"""What the moves of notices and objections ask; a table is read here, so that page and program find the same faults."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mulin.kernel.forms import Act
from mulin.kernel.refusals import Refused
from mulin.people.models import Organisation
from mulin.tables import Table, read_table
from mulin.uploads.forms import PhotosField
from mulin.web.forms import Words

from . import queries
from .figures import KINDS, MOST_DAYS, MOST_ROWS, OUTCOMES, Kind, has_identity
from .models import Notice
from .rules import keeps_notices

FEW = 12  # faults of a table that a form names; the page of the list names all
MOST_BYTES = 10_000_000
EVERYONE = _("Everyone can read it. No names, no doors, no numbers of people.")


class _Public(Words):
    """Words for everyone: an identity number is refused."""

    def clean(self, value: Any) -> str:
        said = str(super().clean(value) or "")
        if has_identity(said):
            raise ValidationError(_now("An identity number is never posted. Take it out of the text."))
        return said


class _Written(Act):
    title = forms.CharField(label=_("Title"), max_length=120)
    text = _Public(label=_("What is posted"), max_length=8000, rows=10)
    days = forms.IntegerField(
        label=_("For how many days?"), min_value=1, max_value=MOST_DAYS, required=False,
        help_text=_("Left empty, as many as the kind asks. More is allowed, fewer is not."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In whose name?"), required=False, empty_label=_("The community"),
    )  # fmt: skip

    def offer(self) -> None:
        """List organisations; begin with what stands there."""
        fields: Any = self.fields
        fields["organisation"].queryset = queries.organisations(self.noun.community)

    def kind_key(self) -> str:
        """Name the kind that is written."""
        return str(self.noun.kind)

    def clean(self) -> dict[str, Any]:
        """Hold the days that the kind asks; a list of people has no pictures beside it."""
        told = super().clean() or {}
        kind = KINDS.get(self.kind_key())
        if kind and told.get("days") and told["days"] < kind.days:
            words = ngettext(
                "This kind is posted for at least %(n)d day.", "This kind is posted for at least %(n)d days.", kind.days
            )
            self.add_error("days", words % {"n": kind.days})
        if kind and told.get("photos") and not kind.pictures:
            self.add_error("photos", _now("This kind of notice has no pictures. Write in the text what they show."))
        return told


class Draft(_Written):
    """Which kind, what is posted, for how long, and in whose name."""

    kind = forms.ChoiceField(label=_("What kind of notice is it?"))
    photos = PhotosField(label=_("Pictures"), help_text=_("Please no faces, doors or papers with names."))
    replaces = forms.ModelChoiceField(Notice.objects.none(), required=False, widget=forms.HiddenInput())
    reason = forms.CharField(label=_("What was wrong with the one before?"), max_length=500, required=False)

    field_order = ("kind", "title", "text", "days", "organisation", "reason", "photos", "replaces")

    def offer(self) -> None:
        """List the kinds that are written by hand; a correction begins with the words of the one before."""
        super().offer()
        fields: Any = self.fields
        before = self.noun.begun_with
        kinds = [(each.key, self._said(each)) for each in KINDS.values() if each.drafted]
        fields["kind"].choices = [("", _("Please choose")), *kinds]
        seen = Notice.objects.visible_to(self.by) if hasattr(self.by, "capabilities") else Notice.objects.none()
        fields["replaces"].queryset = seen.filter(community=self.noun.community, posted_on__isnull=False)
        if before is not None:
            kept = ("kind", "title", "text", "days", "organisation")
            self.initial = {**{name: getattr(before, name) for name in kept}, "replaces": before, **self.initial}
            fields["kind"].choices = [(before.kind, str(before.kind_of))]
            fields["reason"].required = True
            if not before.kind_of.pictures:
                del fields["photos"]
        elif not self.is_bound:
            fields["reason"].widget = forms.HiddenInput()

    @staticmethod
    def _said(kind: Kind) -> str:
        return ngettext("%(kind)s, %(n)d day", "%(kind)s, %(n)d days", kind.days) % {"kind": kind, "n": kind.days}

    def kind_key(self) -> str:
        return str(self.cleaned_data.get("kind", ""))

    def clean(self) -> dict[str, Any]:
        """Ask what was wrong where one is replaced."""
        told = super().clean()
        if told.get("replaces") and not told.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _now("Say what was wrong with the one before; everyone can read it."))
        return told


class Amend(_Written):
    """The same, to be changed."""

    photos = PhotosField(label=_("More pictures"))
    no_pictures = forms.BooleanField(label=_("Take away the pictures that are there"), required=False)

    def offer(self) -> None:
        """Begin with what stands there."""
        super().offer()
        if not self.noun.kind_of.pictures:
            del self.fields["photos"], self.fields["no_pictures"]
        if not self.is_bound:
            kept = ("title", "text", "days", "organisation")
            self.initial = {**{name: getattr(self.noun, name) for name in kept}, **self.initial}


class Fill(Act):
    """The list, as a file or as rows pasted from a table; its first row has the headings."""

    table = forms.FileField(
        label=_("The list"), required=False, help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )  # fmt: skip
    pasted = Words(
        label=_("Or its rows, pasted from a table"), max_length=400_000, rows=6, required=False,
        help_text=_("The first row has the headings; between the columns stand commas or tabs."),
    )  # fmt: skip
    read: Table | None = None
    sent = b""

    def offer(self) -> None:
        """Ask for one of the two."""
        for field in self.fields.values():
            field.is_either = True  # type: ignore[attr-defined]

    def _content(self) -> bytes:
        file = self.cleaned_data.get("table")
        if file is not None and file.size > MOST_BYTES:
            raise ValidationError(_now("This file is larger than 10 MB. A list is not that long: send its rows only."))
        content: bytes = file.read() if file else self.cleaned_data.get("pasted", "").encode()
        return content

    def clean(self) -> dict[str, Any]:
        """Read the table; what is wrong is named row by row."""
        if self.errors:
            return self.cleaned_data
        self.sent = self._content()
        if not self.sent:
            raise ValidationError(_now("Send a file, or paste the rows."))
        try:
            self.read = read_table(self.sent, queries.layout_of(self.noun.kind_of), most=MOST_ROWS)
        except Refused as refused:
            raise ValidationError(refused.message) from None
        report = self.read.report
        if not report.is_clean:
            raise ValidationError([
                _now("Row %(row)s, %(column)s: %(words)s") % {"row": one.row, "column": one.column, "words": one.words}
                for one in report.ordered()[:FEW] if one.stops
            ])  # fmt: skip
        return {"rows": [{name: value for name, value in row.values.items() if value} for row in self.read.good]}


class Withdraw(Act):
    """Why it is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=EVERYONE)


class Lodge(Act):
    """What somebody has against a notice."""

    notice = forms.ModelChoiceField(Notice.objects.none(), widget=forms.HiddenInput())
    words = Words(
        label=_("What do you object to, and why?"), max_length=2000, rows=5,
        help_text=_("Only you and those who post notices here read it. Everyone reads only the answer's one sentence."),
    )  # fmt: skip
    wish = Words(label=_("What should be changed?"), max_length=1000, rows=2, required=False)
    given_by = forms.CharField(
        label=_("For whom do you write it down?"), max_length=60, required=False,
        help_text=_("Only where somebody came to the desk. Left empty, it is your own objection."),
    )  # fmt: skip

    def offer(self) -> None:
        """Offer what is posted here; only the desk writes down what others say."""
        fields: Any = self.fields
        fields["notice"].queryset = queries.take_objections(self.by, self.noun.community)
        if not keeps_notices(self.by, self.noun):
            del fields["given_by"]
        if self.noun.notice_id:
            self.initial = {"notice": self.noun.notice_id, **self.initial}


class _Answered(Act):
    outcome = forms.ChoiceField(
        label=_("Is the objection right?"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )  # fmt: skip
    words = Words(label=_("Your answer to whoever objected"), max_length=2000, rows=5)
    published = _Public(label=_("One sentence for everyone"), max_length=500, rows=2, help_text=EVERYONE)


class Answer(_Answered):
    """Whether it is right, in words to whoever objected, and in one sentence for everyone."""


class AnswerAgain(_Answered):
    """The same, for the last time."""


class Press(Act):
    """Why the answer does not do."""

    words = Words(label=_("What is still not right?"), max_length=1000, rows=3)
