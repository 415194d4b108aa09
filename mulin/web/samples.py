"""What the style page shows its components with: invented, but through the same tags and templates as every page."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.clock import now

PALETTE = (
    "wall", "surface", "quiet", "ink", "ink-2", "ink-3", "line", "line-strong", "green", "green-soft", "lamp",
    "lamp-soft", "brick", "brick-soft", "slate", "slate-soft", "dado",
)  # fmt: skip
PLATE = "12号楼 2门"
WORDS = "灯头进水，换了新的，晚上会自己亮。"
AREA = {"type": "Polygon", "coordinates": [[[117.1, 39.19], [117.102, 39.19], [117.102, 39.192], [117.1, 39.19]]]}


class Ask(forms.Form):
    """Each kind of field once."""

    words = forms.CharField(label=gettext_lazy("What is wrong?"), help_text=gettext_lazy("One sentence is enough."))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[("a", "楼道照明"), ("b", "下水堵塞"), ("c", "电梯")])
    many = forms.ChoiceField(label=gettext_lazy("Building"), choices=[(str(n), f"{n}号楼") for n in range(1, 29)])
    day = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    agree = forms.BooleanField(label=gettext_lazy("Neighbours may see it"), required=False)
    mood = forms.ChoiceField(label=gettext_lazy("How was it?"), choices=[("3", "满意"), ("2", "还行"), ("1", "不满意")])


def _choice(name: str, label: str, form: Any = None) -> dict[str, Any]:
    move = SimpleNamespace(name=name, label=label, second=None)
    return {"move": move, "form": form, "url": "/style/"}


def _moves(form: Any) -> dict[str, Any]:
    return {
        "noun": SimpleNamespace(version=1),
        "expected": _choice("accept", _("Take it on")),
        "beside": [_choice("assign", _("Assign")), _choice("note", _("Write a note"), form)],
        "rest": [_choice("merge", _("Merge with another")), _choice("refuse", _("Do not take it on"))],
    }


def _chart(kind: str) -> dict[str, Any]:
    weeks, first, second = [f"11-{day}" for day in (1, 8, 15, 22)], [31, 24, 40, 36], [22, 27, 30, 35]
    series = [{"name": _("Reported"), "values": first}, {"name": _("Solved"), "values": second}]
    return {"kind": kind, "head": _("Seven days from"), "labels": weeks, "series": series}


def _points() -> list[dict[str, Any]]:
    tones = ("over", "soon", "", "wait")
    return [
        {"lon": 117.1004 + at / 2500, "lat": 39.1903 + at / 9000, "number": at + 1, "label": WORDS, "place": PLATE,
         "tone": tone, "url": "/style/"}
        for at, tone in enumerate(tones)
    ]  # fmt: skip


def _slips() -> list[dict[str, str]]:
    labels = (_("Reported"), _("Assigned"), _("In hand"), _("Waiting"), _("Closed"))
    states = ("done", "done", "now", "todo", "todo")
    return [
        {"label": label, "note": "11-20" if state == "done" else "", "state": state}
        for label, state in zip(labels, states, strict=True)
    ]


def _steps() -> list[dict[str, Any]]:
    return [
        {"at": None, "text": _("Being worked on"), "note": WORDS, "now": True},
        {"at": now() - timedelta(hours=3), "text": "陈晓梅", "after": _("In hand"), "voice": WORDS},
        {"at": now() - timedelta(days=2), "text": _("It was reported")},
    ]


def context() -> dict[str, Any]:
    """Give the style page what it shows: the same samples in light and in dark."""
    looks = []
    for theme, label in (("light", _("Light colours")), ("dark", _("Dark colours"))):
        form = Ask(auto_id=f"{theme}_%s")
        wrong = Ask({"words": "", "day": ""}, auto_id=f"{theme}_wrong_%s")
        looks.append({"theme": theme, "label": label, "form": form, "wrong": wrong, **_moves(form)})
    return {
        "looks": looks,
        "palette": PALETTE,
        "place": PLATE,
        "words": WORDS,
        "soon": now() + timedelta(minutes=80),
        "late": now() - timedelta(minutes=40),
        "far": now() + timedelta(days=3),
        "ago": now() - timedelta(days=2),
        "slips": _slips(),
        "steps": _steps(),
        "lines": _chart("line"),
        "bars": _chart("bar"),
        "map": {"grids": [{"name": "一网格", "geometry": AREA}], "points": _points()},
    }
