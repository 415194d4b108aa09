"""What is asked when someone agrees to a purpose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.people.models import Person

from .figures import WAYS
from .models import Purpose


class Give(Act):
    """To what, and, for whoever notes a paper down, whose consent it is and how it was given."""

    purpose = forms.ModelChoiceField(Purpose.objects.none(), label=_("For what"), empty_label=None)
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Whose consent"), required=False)
    way = forms.ChoiceField(label=_("How it was given"), choices=list(WAYS.items()), initial="page", required=False)

    def offer(self) -> None:
        """Offer what rests on consent here; another's consent only to who keeps the register of persons."""
        purposes: Any = self.fields["purpose"]
        purposes.queryset = Purpose.objects.visible_to(self.by).filter(basis="consent").order_by("key")
        if self.by.can("people.keep"):
            persons: Any = self.fields["person"]
            persons.queryset = Person.objects.visible_to(self.by)
            persons.widget = forms.HiddenInput()
        else:
            del self.fields["person"], self.fields["way"]
