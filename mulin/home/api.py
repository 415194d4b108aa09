"""Tables through the API, to check and to bring in; and the figures that those above and the desk see."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin import tables
from mulin.api import bodies
from mulin.api.http import Call, Unmet, answer
from mulin.api.openapi import SLUG, operation
from mulin.api.resources import Plain
from mulin.kernel.refusals import Refused
from mulin.territory import queries as places
from mulin.web.counts import if_many, percent

from . import queries
from .queries import Figures

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YES, NO = {"true", "1", "yes"}, {"false", "0", "no"}


class Column(msgspec.Struct):
    """A column of a kind of table: any of the headings will do."""

    name: str
    headings: list[str]
    required: bool
    help: str
    example: str
    words: list[str]


class Kind(msgspec.Struct):
    """A kind of table that the caller may bring in."""

    key: str
    label: str
    href: str
    template: str
    columns: list[Column]


class Kinds(msgspec.Struct):
    """The kinds of tables that the caller may bring in."""

    items: list[Kind]


class Found(msgspec.Struct):
    """What was found in one row, and whether it keeps the row outside; row 0 is the whole sheet."""

    row: int
    column: str
    words: str
    stops: bool


class Imported(msgspec.Struct):
    """What a file comes to. `done`: it was written, `written` rows of it; else nothing was."""

    file: str
    sheet: str
    rows: int
    stopped_rows: int
    is_clean: bool
    counts: dict[str, int]
    done: bool
    written: int
    problems: list[Found]
    left_out: int  # problems beyond the first 10,000


def _kinds(call: Call) -> HttpResponse:
    if not (found := tables.importers(call.viewer)):
        raise Http404
    return answer(Kinds([_shown(call, kind) for kind in found]))


def _kind(call: Call, kind: str) -> HttpResponse:
    return answer(_shown(call, tables.importer(kind, call.viewer)))


def _shown(call: Call, kind: tables.Importer) -> Kind:
    href = f"/api/v1/{call.community.slug}/imports/{kind.key}"
    columns = [
        Column(
            one.name, list(one.heads), one.required, str(one.help), str(one.example),
            one.read.shown if isinstance(one.read, tables.Choice) else [],
        )
        for one in kind.layout.columns
    ]  # fmt: skip
    return Kind(kind.key, str(kind.label), href, f"{href}/template.xlsx", columns)


def _template(call: Call, kind: str) -> HttpResponse:
    content = tables.template(tables.importer(kind, call.viewer).layout)
    named = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(kind)}.xlsx"}
    return HttpResponse(content, content_type=EXCEL, headers=named)


def _bring(call: Call, kind: str) -> HttpResponse:
    """Check a file; with dry_run=false, bring it in: all rows, or with partial=true those that fit."""
    chosen = tables.importer(kind, call.viewer)
    body = bodies.read(call)
    file = (body.files or {}).get("file")
    if file is None:
        raise bodies.invalid({"file": [_("Send the table as a file, in multipart/form-data.")]})
    said = {name: str(value) for name, value in body.data.items()}
    if unknown := sorted(set(said) - {"dry_run", "partial", "sheet"}):
        raise bodies.invalid({name[:80]: [_("This is not asked here.")] for name in unknown[:20]})
    dry_run, partial = _flag(said, "dry_run", True), _flag(said, "partial", False)
    try:
        table, plan = tables.examine(
            chosen, call.community, file, by=call.viewer, filename=file.name or "", sheet=said.get("sheet", "")
        )
    except Refused as refused:
        raise Unmet(422, refused.code, str(refused.message)) from None
    done = not dry_run and (table.report.is_clean or partial)
    written = chosen.write(call.community, plan, by=call.viewer, advance=int) if done else 0
    shown = table.report.as_dict() | {"done": done, "written": written}
    return answer(msgspec.convert(shown, Imported))


def _flag(said: dict[str, str], name: str, otherwise: bool) -> bool:
    given = said.get(name, str(otherwise)).strip().lower()
    if given not in YES | NO:
        raise bodies.invalid({name: [_("Say true or false.")]})
    return given in YES


def _paths(known: dict[int, Any]) -> dict[str, Any]:
    """Describe the addresses for the API's document."""
    kind = {"name": "kind", "in": "path", "required": True, "description": _("A kind of table."),
            "schema": {"type": "string"}}  # fmt: skip
    flag = {"type": "string", "enum": ["true", "false"]}
    asked = {
        "required": ["file"],
        "properties": {
            "file": {"type": "string", "format": "binary", "description": _("Excel, OpenDocument or CSV.")},
            "sheet": {"type": "string", "description": _("The sheet; without it, the first with the headings.")},
            "dry_run": {**flag, "description": _("Unless it is false, the file is only checked.")},
            "partial": {**flag, "description": _("Whether rows that fit come in though others do not.")},
        },
    }  # fmt: skip
    base, tag = "/api/v1/{slug}/imports", "imports"
    kinds, one, brought = (known[id(shape)] for shape in (Kinds, Kind, Imported))
    template = operation("get_import_template", _("Take the template."), tag, None)
    template["responses"]["200"] = {"description": _("The Excel file to fill in."), "content": {EXCEL: {}}}
    bring = operation(
        "bring_in", _("Check a table, or bring it in."), tag, brought, writes=True, body=asked,
        content="multipart/form-data",
    )  # fmt: skip
    listed = _("List the kinds of tables that you may bring in.")
    return {
        base: {"parameters": [SLUG], "get": operation("list_imports", listed, tag, kinds)},
        f"{base}/{{kind}}": {
            "parameters": [SLUG, kind], "post": bring,
            "get": operation("read_import", _("Read what a kind of table looks like."), tag, one),
        },
        f"{base}/{{kind}}/template.xlsx": {"parameters": [SLUG, kind], "get": template},
    }  # fmt: skip


IMPORTS = Plain(
    urls=(
        ("imports", {"GET": _kinds}),
        ("imports/<slug:kind>", {"GET": _kind, "POST": _bring}),
        ("imports/<slug:kind>/template.xlsx", {"GET": _template}),
    ),
    types=(Kinds, Kind, Imported),
    paths=_paths,
    topic=("imports", _l("Import")),
)


class InFigures(msgspec.Struct):
    """A community or a grid in figures of thirty days. What is null is fewer than five, or a share of so few."""

    name: str
    href: str
    open: int | None
    late: int | None
    reported: int | None
    taken_on: int | None  # in percent, as the next two
    on_time: int | None
    pleased: int | None


class Overview(msgspec.Struct):
    """Places in figures, and all of them together."""

    items: list[InFigures]
    total: InFigures


def _overview(call: Call) -> HttpResponse:
    """Count the matters of every community below what the caller oversees."""
    if not (found := queries.overseen(call.viewer.account_id)):
        raise Http404
    counted = queries.figures([each.pk for each in found])
    rows = [(str(each), f"/api/v1/{each.slug}/overview", counted.get(each.pk, Figures())) for each in found]
    return _figures(rows, exact=False)


def _community_overview(call: Call) -> HttpResponse:
    """Count the matters of one community by its grids, for its desk and for those above it."""
    exact = call.viewer.can("cases.desk")
    if not exact and not call.viewer.can("cases.oversee"):
        raise Http404
    counted, known = queries.figures([call.community.pk], by="grid"), places.places(call.community)
    listed = f"/api/v1/{call.community.slug}/cases"
    rows = [(grid.name, f"{listed}?grid={grid.number}", counted.get(grid.pk, Figures())) for grid in known.grids]
    rest = sum((each for key, each in counted.items() if key not in known.by_id), Figures())
    return _figures([*rows, *([(_("In no grid"), listed, rest)] if rest != Figures() else [])], exact=exact)


def _figures(rows: list[tuple[str, str, Figures]], *, exact: bool) -> HttpResponse:
    total = sum((figures for *_named, figures in rows), Figures())
    return answer(Overview([_in_figures(*row, exact=exact) for row in rows], _in_figures("", "", total, exact=exact)))


def _in_figures(name: str, href: str, of: Figures, *, exact: bool) -> InFigures:
    counts = [if_many(count, exact=exact) for count in (of.open, of.late, of.reported)]
    shares = ((of.taken_on, of.reported), (of.on_time, of.solved), (of.pleased, of.rated))
    return InFigures(name, href, *counts, *(percent(*each) for each in shares))


def _overview_paths(known: dict[int, Any]) -> dict[str, Any]:
    tag, shown = "overview", known[id(Overview)]
    above, grids = _("Read the figures of the communities that you oversee."), _("Read a community's figures by grid.")
    return {
        "/api/v1/overview": {"get": operation("read_overview", above, tag, shown, is_for_browsers=True)},
        "/api/v1/{slug}/overview": {
            "parameters": [SLUG], "get": operation("read_community_overview", grids, tag, shown),
        },
    }  # fmt: skip


OVERVIEW = Plain(
    urls=(("overview", {"GET": _community_overview}),),
    above=(("overview", {"GET": _overview}),),
    types=(InFigures, Overview),
    paths=_overview_paths,
    topic=("overview", _l("Overview")),
)
