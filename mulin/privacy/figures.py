"""Fixed lists about purposes and consents; no Django models."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# On what grounds personal data is used (Personal Information Protection Law, article 13).
BASES = {
    "consent": _("your consent"),
    "service": _("needed to do what you asked for"),
    "duty": _("a duty that the law names"),
}
# How a consent was given.
WAYS = {"page": _("on this page"), "paper": _("on paper"), "spoken": _("by word of mouth, noted down")}

LINES = 100  # lines of access on one page

# What was looked at, as lines of access name it.
WHATS = {
    "contact": _("the phone number"),
    "case": _("a report"),
    "page": _("the page about the person"),
    "membership": _("the membership"),
    "registration": _("the registration as a volunteer"),
    "household": _("the household"),
    "ownership": _("the ownership"),
    "joining": _("two entries side by side"),
    "export": _("a report, in an exported table"),
}
