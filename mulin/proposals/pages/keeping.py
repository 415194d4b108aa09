"""The ways of a community: read by everyone, copied and changed by those who set it up; the numbers that it sets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.web.http import Visit, community_of, someone

from .. import actions, queries, rules
from ..figures import ACTORS, EVIDENCE, KINDS, PHASES, Plan, phases, problems
from ..forms import SettingsForm, StepForm, WayForm
from ..models import Proposal, Template


def _sets_up(request: Visit) -> bool:
    return rules.sets_up(request.viewer, Proposal(community=community_of(request)))


def _own(request: Visit, key: str) -> Template:
    someone(request)
    if not _sets_up(request) or (row := queries.own_templates(community_of(request)).get(key)) is None:
        raise Http404
    return row


def _rows(plan: Plan, community: Any) -> list[dict[str, Any]]:
    names = {body.kind: str(body) for body in reversed(queries.in_office(community))}
    return [
        {
            "at": at, "step": step, "kind": KINDS[step.kind], "phase": PHASES[phase],
            "rules": queries.rules_name(step.rules), "evidence": [EVIDENCE[each] for each in step.evidence],
            "who": names.get(step.body, step.body) if step.body else ACTORS[step.actor],
        }
        for at, (step, phase) in enumerate(zip(plan.steps, phases(plan.steps), strict=True))
    ]  # fmt: skip


@require_safe
def ways(request: Visit, slug: str) -> HttpResponse:
    """Show on which ways a proposal can go here, and which of them lacks what."""
    community = community_of(request)
    here, own = queries.there(community), queries.own_templates(community)
    listed = {**queries.plans(community), **{key: row.plan for key, row in own.items()}}
    rows = [
        {
            "plan": plan, "lacks": len(problems(plan.steps, here)), "own": key in own,
            "retired": key in own and own[key].retired,
        }
        for key, plan in listed.items()
    ]  # fmt: skip
    return render(request, "proposals/ways.html", {"rows": rows, "sets_up": _sets_up(request)})


@require_safe
def way(request: Visit, slug: str, key: str) -> HttpResponse:
    """Show one way as neighbours will see it, and what stands against it."""
    community = community_of(request)
    own = queries.own_templates(community).get(key)
    plan = own.plan if own else queries.plans(community).get(key)
    if plan is None:
        raise Http404
    context = {
        "plan": plan, "rows": _rows(plan, community), "own": own, "sets_up": _sets_up(request),
        "problems": problems(plan.steps, queries.there(community)),
    }  # fmt: skip
    return render(request, "proposals/way.html", context)


@require_POST
def way_copy(request: Visit, slug: str, key: str) -> HttpResponse:
    """Make the community's own copy of a way."""
    viewer = someone(request)
    own = bool(request.POST.get("own"))
    made = actions.copy_template(by=viewer, community=community_of(request), key=key, own=own)
    messages.success(request, _("This copy is yours to change. Proposals that are on their way keep theirs."))
    return redirect(reverse("proposals:way", args=[slug, made.key]))


def way_edit(request: Visit, slug: str, key: str) -> HttpResponse:
    """Change what a way is called."""
    row = _own(request, key)
    kept = {name: getattr(row, name) for name in ("zh", "en", "zh_about", "en_about", "source")}
    form = WayForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.rename_template(row, by=request.viewer, **form.cleaned_data)
        return redirect(reverse("proposals:way", args=[slug, key]))
    return _form(request, form, row, _("Change name and purpose"))


def way_step(request: Visit, slug: str, key: str, at: str) -> HttpResponse:
    """Change one step of a way, or add one."""
    row, number = _own(request, key), None if at == "new" else int(at) if at.isdigit() else -1
    if number is not None and not 0 <= number < len(row.steps):
        raise Http404
    kept = {} if number is None else row.steps[number]
    form = StepForm(request.POST or None, initial=kept, community=community_of(request))
    if request.method == "POST" and form.is_valid():
        actions.save_step(row, by=request.viewer, at=number, step=form.cleaned_data["step"])
        return redirect(reverse("proposals:way", args=[slug, key]))
    return _form(request, form, row, _("Add a step") if number is None else _("Change this step"))


def _form(request: Visit, form: Any, row: Template, title: str) -> HttpResponse:
    back = reverse("proposals:way", args=[request.community.slug, row.key])
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title, "submit": _("Keep it"), "back_url": back}
    return render(request, "proposals/form.html", context, status=status)


@require_POST
def way_step_move(request: Visit, slug: str, key: str, at: int, how: str) -> HttpResponse:
    """Move a step up or down, or take it out."""
    row = _own(request, key)
    if how == "out":
        actions.remove_step(row, by=request.viewer, at=at)
    elif how in ("up", "down"):
        actions.move_step(row, by=request.viewer, at=at, up=how == "up")
    else:
        raise Http404
    return redirect(reverse("proposals:way", args=[slug, key]))


@require_POST
def way_retire(request: Visit, slug: str, key: str) -> HttpResponse:
    """Offer a way no more, or again."""
    row = _own(request, key)
    actions.retire(row, by=request.viewer, retired=not row.retired)
    return redirect(reverse("proposals:ways", args=[slug]))


def settings(request: Visit, slug: str) -> HttpResponse:
    """Set the numbers of a community."""
    community, viewer = community_of(request), someone(request)
    if not _sets_up(request):
        raise Http404
    form = SettingsForm(request.POST or None, initial={"supporters": queries.settings_of(community).supporters})
    if request.method == "POST" and form.is_valid():
        actions.set_numbers(by=viewer, community=community, **form.cleaned_data)
        messages.success(request, _("Kept. It counts from now on."))
        return redirect(reverse("proposals:ways", args=[slug]))
    back = reverse("proposals:ways", args=[slug])
    context = {"form": form, "title": _("Numbers for proposals"), "submit": _("Keep it"), "back_url": back}
    return render(request, "proposals/form.html", context, status=422 if form.is_bound else 200)
