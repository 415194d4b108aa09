"""What is asked about connections, and of who sends a case on."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulin.cases.models import Case
from mulin.cases.queries import leaf, leaves
from mulin.kernel.forms import Act
from mulin.web.forms import Words
from mulin.wire.forms import AddressField

from . import queries


class Change(Act):
    """How another server is reached."""

    name = forms.CharField(label=_("Who is it?"), max_length=60, help_text=_("Such as the city's street lighting."))
    url = AddressField(
        label=_("Address of the server"), max_length=500, help_text=_("What stands before /services.json or .xml.")
    )
    form = forms.ChoiceField(label=_("Format"), choices=[("json", "JSON"), ("xml", "XML")], initial="json")
    jurisdiction = forms.CharField(
        label=_("jurisdiction_id"), max_length=80, required=False, help_text=_("Where the server asks for one.")
    )
    key = forms.CharField(
        label=_("Key of the other server"), max_length=200, required=False, strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It is stored encrypted. Empty leaves it as it is, unless the address is another one."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Mail address of the community"), max_length=200, required=False,
        help_text=_("Sent along where a server wants one. Never a resident's."),
    )  # fmt: skip

    def offer(self) -> None:
        if self.noun is not None and self.noun.name:
            for name in ("name", "url", "form", "jurisdiction", "email"):
                self.fields[name].initial = getattr(self.noun, name)

    def clean_url(self) -> str:
        """Take the address without what the server's own addresses add to it."""
        url = str(self.cleaned_data["url"]).rstrip("/")
        url = re.sub(r"/(?:services|requests|discovery)(?:\.(?:json|xml))?$", "", url)
        if "?" in url:
            raise forms.ValidationError(gettext("Leave out what stands behind the question mark."))
        return url


class Connect(Change):
    """The same, of a new one."""


class MapCategory(Act):
    """Which category goes to which service, and what is always answered there."""

    category = forms.ChoiceField(label=_("Category here"))
    service_code = forms.CharField(label=_("service_code there"), max_length=80)
    attributes = Words(
        label=_("What is always answered"), required=False, rows=2,
        help_text=_("One answer a line: code=value. Only where the service asks something that is needed."),
    )  # fmt: skip

    def offer(self) -> None:
        kinds = leaves(self.noun.community_id)
        choices: Any = self.fields["category"]
        choices.choices = [(row.key, str(row)) for row in kinds if not row.is_household]

    def clean_category(self) -> Any:
        return leaf(self.noun.community_id, self.cleaned_data["category"])

    def clean_attributes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in self.cleaned_data["attributes"].splitlines():
            code, sign, value = line.partition("=")
            if line.strip() and not (sign and code.strip() and value.strip()):
                raise forms.ValidationError(gettext("Write one answer a line: code=value."))
            if line.strip():
                found[code.strip()[:60]] = value.strip()
        return found


class UnmapCategory(Act):
    """Which category no longer goes there."""

    category = forms.ChoiceField(label=_("Category here"))

    def offer(self) -> None:
        choices: Any = self.fields["category"]
        rows = queries.mappings_of(self.noun)
        choices.choices = [(row.category.key, f"{row.category} → {row.service_code}") for row in rows]

    def clean_category(self) -> Any:
        key = self.cleaned_data["category"]
        return next(row.category for row in queries.mappings_of(self.noun) if row.category.key == key)


class Forward(Act):
    """To whom, and with which words."""

    case: Any = forms.ModelChoiceField(queryset=Case.objects.none(), widget=forms.HiddenInput)
    connection: Any = forms.ModelChoiceField(queryset=None, label=_("To whom?"), empty_label=None)
    words = Words(
        label=_("What they read"), rows=4,
        help_text=_("Everyone may read it there. Please no names, doors or phone numbers."),
    )  # fmt: skip

    def offer(self) -> None:
        found = self.noun.case if self.noun is not None and self.noun.case_id else None
        cases: Any = self.fields["case"]
        cases.queryset = Case.objects.visible_to(self.by).filter(community=self.noun.community_id)
        connection: Any = self.fields["connection"]
        connection.queryset = queries.leads_for(found) if found else queries.active(self.noun.community_id)
        if found:
            cases.initial, self.fields["words"].initial = found.pk, found.public_summary
            if len(there := list(connection.queryset[:2])) == 1:
                connection.initial = there[0].pk


class TakeOver(Act):
    """What is written into the case as its solution."""

    cause = Words(label=_("What was the cause?"), rows=2)
    remedy = Words(label=_("What was done?"), rows=3)

    def offer(self) -> None:
        if self.noun is not None:
            self.fields["remedy"].initial = self.noun.proposal
