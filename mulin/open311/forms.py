"""What is asked: of a report from another program, and of the desk about what it offers and asks."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulin.cases.forms import Report
from mulin.kernel.forms import Act

from .figures.answers import KINDS, LISTS
from .figures.limits import LONG


class Sent(Report):
    """A report as another program sends it: longer words, and nothing of a page."""

    words: Any = forms.CharField(max_length=LONG)


class Offering(Act):
    """How a category is offered."""

    is_offered = forms.BooleanField(label=_("Other programs may report this"), required=False)
    is_batch = forms.BooleanField(
        label=_("First a token, and the number when somebody took it on"), required=False
    )  # fmt: skip


class Asking(Act):
    """A question of a category."""

    zh = forms.CharField(label=_("Question in Chinese"), max_length=120)
    en = forms.CharField(label=_("Question in English"), max_length=120, required=False)
    code = forms.SlugField(
        label=_("Short name"), max_length=40, help_text=_("For programs: letters, digits, - and _."),
    )  # fmt: skip
    datatype = forms.ChoiceField(
        label=_("What is answered"),
        choices=list(KINDS.items()),
    )  # fmt: skip
    choices = forms.CharField(
        label=_("What there is to choose from"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("One a line: short name | Chinese | English"),
    )  # fmt: skip
    hint_zh = forms.CharField(label=_("Hint in Chinese"), max_length=200, required=False)
    hint_en = forms.CharField(label=_("Hint in English"), max_length=200, required=False)
    is_required = forms.BooleanField(label=_("It has to be answered"), required=False)
    is_public = forms.BooleanField(
        label=_("Everyone may see the answer"), required=False,
        help_text=_("Only where there is something to choose from: free words may hold anything."),
    )  # fmt: skip

    def clean_choices(self) -> list[list[str]]:
        rows = []
        for line in self.cleaned_data["choices"].splitlines():
            if not line.strip():
                continue
            key, zh, en = [*(part.strip() for part in line.split("|")), "", ""][:3]
            if not re.fullmatch(r"[\w-]{1,40}", key) or not zh or max(len(zh), len(en)) > 80:
                raise forms.ValidationError(gettext("Write one a line: short name | Chinese | English"))
            rows.append([key, zh, en])
        if len({row[0] for row in rows}) < len(rows) or len(rows) > 50:
            raise forms.ValidationError(gettext("Each short name stands there once, and at most 50 of them."))
        return rows

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        chooses = told.get("datatype") in LISTS
        if chooses and not told.get("choices") and not self.errors:
            raise forms.ValidationError(gettext("Say what there is to choose from."))
        if not chooses:
            told["choices"] = []
            if told.get("is_public"):
                raise forms.ValidationError(gettext("Only answers that were chosen can be shown to everyone."))
        return told
