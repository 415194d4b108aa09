"""What is asked about mails and group robots."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act

from .figures import MAILS, SERVICES, events, topics


class Choosing(forms.Form):
    """Which mails someone wants."""

    mail = forms.ChoiceField(label=_("Mail about what happens"), choices=MAILS, widget=forms.RadioSelect)
    wanted = forms.MultipleChoiceField(
        label=_("About these things"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("On your page here you see everything, whatever you choose."),
    )  # fmt: skip
    morning = forms.BooleanField(
        label=_("A letter each working morning, if you handle something: what is overdue, due today and new"),
        required=False,
    )

    def __init__(self, *args: Any, offered: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = topics() if offered is None else offered
        self.fields["wanted"].choices = list(self.offered.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turn what is wanted into what is not: topics that come later are wanted at first."""
        said = super().clean() or {}
        said["muted"] = sorted(set(self.offered) - set(said.pop("wanted", [])))
        return said


class Change(Act):
    """What it is called and what it hears."""

    name = forms.CharField(label=_("Which group is it?"), max_length=60)
    events = forms.MultipleChoiceField(
        label=_("What the group hears"), widget=forms.CheckboxSelectMultiple, choices=lambda: list(events().items()),
        help_text=_("Only number, category, grid and link. Never what someone wrote, never a name."),
    )  # fmt: skip

    def offer(self) -> None:
        if self.noun is not None and self.noun.name:
            self.fields["name"].initial, self.fields["events"].initial = self.noun.name, self.noun.events


class Add(Change):
    """Where it is told, too."""

    service = forms.ChoiceField(
        label=_("Where the group is"), choices=lambda: [(key, each.label) for key, each in SERVICES.items()]
    )
    address = forms.CharField(
        label=_("Address of the robot"), max_length=300,
        help_text=_("As the service shows it when you add a robot to the group; for mail, the address of the list."),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("Signing secret"), max_length=120, required=False,
        help_text=_("Only for DingTalk, if the robot was set to check signatures."),
    )  # fmt: skip
    field_order = ["name", "service", "address", "secret", "events"]

    def clean(self) -> dict[str, Any]:
        """Keep only the code of the address: where it leads is fixed by the service."""
        said = super().clean() or {}
        service, address = SERVICES.get(said.get("service", "")), str(said.get("address", "")).strip()
        if service is None or not address:
            return said
        found = re.fullmatch(service.pattern, address)
        if found is None:
            words = _now("This is no address of a robot of %(service)s. Copy it from the settings of the group there.")
            self.add_error("address", words % {"service": service.label})
            return said
        said["address"] = found["code"]
        if not service.host:
            self._check_mail(found["code"])
        if said.get("secret") and not service.takes_secret:
            self.add_error("secret", _now("Leave this empty: this service asks for none."))
        elif said.get("secret") and not re.fullmatch(r"[A-Za-z0-9]{8,120}", said["secret"]):
            self.add_error("secret", _now("This is no secret of DingTalk. It begins with SEC."))
        return said

    def _check_mail(self, address: str) -> None:
        try:
            EmailValidator()(address)
        except ValidationError as wrong:
            self.add_error("address", wrong)
