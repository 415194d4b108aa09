"""What the pages of tables ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

MOST_MB = 10


class TableFile(forms.Form):
    """One table, as a file."""

    file = forms.FileField(
        label=_l("The file"), help_text=_l("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )  # fmt: skip
    sheet = forms.CharField(
        label=_l("Sheet"), required=False, max_length=60,
        help_text=_l("Its name. Left empty, the first sheet with the right headings is taken."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Keep large files for the command."""
        file = self.cleaned_data["file"]
        if file.size > MOST_MB * 1_000_000:
            words = _("This file is larger than 10 MB. Whoever runs the machine can bring it in: mulin import table.")
            raise ValidationError(words)
        return file
