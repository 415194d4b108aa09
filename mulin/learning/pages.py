"""Panels on a case's page: what it may be about, what is like it, what was answered before, what was merged into it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from mulin.cases import queries as cases
from mulin.cases import rules
from mulin.cases.flow import OPEN
from mulin.cases.models import Case
from mulin.cases.pages import telling
from mulin.kernel.refs import linked
from mulin.web.beside import Panel
from mulin.web.http import Visit

from . import queries

FIRST, LATER = 30, 60
SURE = 0.35  # how likely another category must be to be worth a word
MOVES = ("solve", "ask", "refuse")


def kinds(request: Visit, case: Case) -> Panel | None:
    """Suggest another category or a place to those who may correct them; one tap opens the form with it."""
    if case.flow.why_not("correct", request.viewer, case) or not rules.sees_everything(request.viewer, case):
        return None
    found = queries.suggest(case.community_id, case.words)
    better = [each for each in found if each.share >= SURE and each.category.pk != case.category_id][:1]
    if found and found[0].category.pk == case.category_id:
        better = []
    where = queries.somewhere(case.community, case.words) if case.building_id is None and case.lon is None else []
    if not better and not where:
        return None
    base = f"{case.get_absolute_url()}correct/"
    rows = [{"what": each.category, "why": each.why, "url": _with(base, category=each.category.key)} for each in better]
    rows += [{"what": each.place, "why": each.why, "url": _with(base, **_at(each.at))} for each in where]
    return Panel("learning/kinds.html", {"rows": rows}, FIRST)


def _at(value: str) -> dict[str, str]:
    lon, comma, lat = value.partition(",")
    return {"lon": lon, "lat": lat} if comma else {"e": value}


def _with(base: str, **chosen: str) -> str:
    return f"{base}?{urlencode(chosen)}"


def alike(request: Visit, case: Case) -> Panel | None:
    """List similar cases for those who handle this one, each with the way to merge this one into it."""
    viewer = request.viewer
    if not rules.takes_part(viewer, case) or not case.is_open:
        return None
    found = queries.similar_to(case, viewer, most=5)
    may_merge = not case.flow.why_not("merge", viewer, case)
    rows = [
        {
            "case": each.case,
            "title": _title(each.case, viewer),
            "why": each.why,
            "place": telling.where(each.case),
            "merge": _with(f"{case.get_absolute_url()}merge/", into=each.case.number)
            if may_merge and each.case.state in OPEN
            else "",
        }
        for each in found
    ]
    return Panel("learning/alike.html", {"rows": rows}, FIRST) if rows else None


def answered(request: Visit, case: Case) -> Panel | None:
    """Offer what was answered to such matters before, to those who may answer now."""
    if not rules.takes_part(request.viewer, case):
        return None
    base, groups = case.get_absolute_url(), []
    for verb in MOVES:
        if case.flow.why_not(verb, request.viewer, case):
            continue
        answers = [
            {
                "cause": each.cause,
                "words": each.words,
                "times": each.times,
                "url": _with(f"{base}{verb}/", **_filled(verb, each)),
            }
            for each in queries.answers_for(case, verb)
        ]
        if answers:
            groups.append({"label": case.flow[verb].label, "answers": answers})
    return Panel("learning/answered.html", {"groups": groups}, LATER) if groups else None


def _filled(verb: str, answer: queries.Answer) -> dict[str, str]:
    return {"cause": answer.cause, "remedy": answer.words} if verb == "solve" else {"words": answer.words}


def taken_in(request: Visit, case: Case) -> Panel | None:
    """Show what was merged into a case, each with its own history, as far as one may read it."""
    viewer = request.viewer
    rows = []
    for other in queries.taken_into(case, viewer) if "cases.case" in linked(case) else ():
        steps = cases.timeline(other, viewer)
        reads = rules.sees_everything(viewer, other)
        known = telling.names(other, steps, viewer) if reads else {}
        mine = rules.is_reporter(viewer, other)
        rows.append({
            "case": other,
            "title": _title(other, viewer),
            "words": other.words if reads else "",
            "steps": telling.timeline(other, steps, known, [], mine),
        })  # fmt: skip
    return Panel("learning/taken_in.html", {"rows": rows}, FIRST) if rows else None


def _title(case: Case, viewer: Any) -> str:
    return case.title if rules.sees_everything(viewer, case) else case.shown_title
