"""What is asked when a case is left out, and when a definition is published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.cases.models import Case
from mulin.kernel.forms import Act
from mulin.web.forms import Words

from .figures import FACTS, GROUNDS, PART_OF


class Ask(Act):
    """Which case, on what ground, and the reason in words."""

    case = forms.ModelChoiceField(Case.objects.none(), label=gettext_lazy("Which case"), widget=forms.HiddenInput())
    ground = forms.ChoiceField(label=gettext_lazy("On what ground"), choices=list(GROUNDS.items()))
    reason = Words(
        label=gettext_lazy("Reason"), max_length=600, rows=4,
        help_text=gettext_lazy("A second person reads this before it counts. Names do not belong here."),
    )  # fmt: skip

    def offer(self) -> None:
        """Offer the cases that the viewer may see."""
        chosen: Any = self.fields["case"]
        chosen.queryset = Case.objects.visible_to(self.by).filter(community=self.noun.community)
        chosen.initial = self.noun.case_id


class CountAgain(Act):
    """Why it is counted again."""

    reason = Words(label=gettext_lazy("Reason"), max_length=300, required=False, rows=2)


class Define(forms.Form):
    """How one rate is counted from today on."""

    part = forms.ChoiceField(label=gettext_lazy("Counted"), choices=list(FACTS.items()))
    whole = forms.ChoiceField(label=gettext_lazy("Out of"), choices=list(FACTS.items()))
    zh = Words(label=gettext_lazy("In words, Chinese"), max_length=600, rows=4)
    en = Words(label=gettext_lazy("In words, English"), max_length=600, rows=4)
    source = forms.CharField(
        label=gettext_lazy("Where it comes from"), max_length=120, required=False,
        help_text=gettext_lazy("The name of the rule or the decision, with its date."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a share that could be over a hundred percent."""
        given = super().clean() or {}
        part, whole = given.get("part"), given.get("whole")
        if part and whole and whole not in PART_OF[part]:
            fitting = _("; ").join(str(FACTS[each]) for each in PART_OF[part] if each != part)
            words = _("That is no part of it. Below “%(part)s” there can stand: %(fitting)s.")
            self.add_error("whole", words % {"part": FACTS[part], "fitting": fitting or FACTS[part]})
        return given
