"""A community's own ways: copied, changed step by step, taken out of use; and the numbers that it sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import change, writing
from mulin.kernel.refusals import Refused
from mulin.territory.models import Community

from .. import queries
from ..figures import MOST_STEPS, step_of, written
from ..models import Proposal, Settings, Template
from ..rules import sets_up

KIND = "proposals.template"


def _may(by: Any, community: Community) -> None:
    if not sets_up(by, Proposal(community=community)):
        raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": sets_up.label}, 403)


def _kept(row: Template, by: Any, verb: str) -> Template:
    row.changed_at = now()
    row.save()
    change(row, by=by, kind=KIND, verb=verb, details={"key": row.key, "steps": len(row.steps)})
    return row


def copy_template(*, by: Any, community: Community, key: str, own: bool = False) -> Template:
    """Make a community's own copy of a way; `own`: beside it, under another key, instead of in its place."""
    _may(by, community)
    with writing(community.pk):
        known = queries.own_templates(community)
        plan = queries.plans(community).get(key)
        if plan is None:
            raise Refused("no_way", _("There is no such way."), status=404)
        name = key
        if own:
            name = next(f"{key[:34]}_{at}" for at in range(2, 1000) if f"{key[:34]}_{at}" not in known)
        elif key in known:
            return known[key]
        row = Template(
            community=community, key=name, zh=plan.zh, en=plan.en, zh_about=plan.zh_about, en_about=plan.en_about,
            source=plan.source, steps=written(plan.steps),
        )  # fmt: skip
        return _kept(row, by, "copy_template")


def _locked(template: Template) -> Template:
    return Template.objects.get(community=template.community_id, pk=template.pk)


def rename_template(
    template: Template, *, by: Any, zh: str, en: str = "", zh_about: str = "", en_about: str = "", source: str = ""
) -> Template:
    """Change what a way is called and what it is for."""
    _may(by, template.community)
    with writing(template.community_id):
        row = _locked(template)
        row.zh, row.en, row.source = zh.strip(), en.strip(), source.strip()
        row.zh_about, row.en_about = zh_about.strip(), en_about.strip()
        return _kept(row, by, "rename_template")


def add_step(template: Template, *, by: Any, step: Mapping[str, Any]) -> Template:
    """Add a step at the end of a way."""
    return save_step(template, by=by, at=None, step=step)


def save_step(template: Template, *, by: Any, at: int | None, step: Mapping[str, Any]) -> Template:
    """Change one step of a way, or add one at its end."""
    _may(by, template.community)
    try:
        row_of = written([step_of(step)])[0]
    except ValueError as error:
        raise Refused("step", str(error), 422) from None
    with writing(template.community_id):
        row = _locked(template)
        steps = list(row.steps)
        if at is None:
            if len(steps) >= MOST_STEPS:
                raise Refused("steps", _("A way has at most %(most)s steps.") % {"most": MOST_STEPS}, 422)
            steps.append(row_of)
        else:
            steps[_there(steps, at)] = row_of
        row.steps = steps
        return _kept(row, by, "save_step")


def _there(steps: list[Any], at: int) -> int:
    if not 0 <= at < len(steps):
        raise Refused("no_step", _("There is no such step."), status=404)
    return at


def remove_step(template: Template, *, by: Any, at: int) -> Template:
    """Take a step out of a way."""
    _may(by, template.community)
    with writing(template.community_id):
        row = _locked(template)
        row.steps = [step for number, step in enumerate(row.steps) if number != _there(row.steps, at)]
        return _kept(row, by, "remove_step")


def move_step(template: Template, *, by: Any, at: int, up: bool) -> Template:
    """Move a step one place up or down."""
    _may(by, template.community)
    with writing(template.community_id):
        row = _locked(template)
        steps = list(row.steps)
        other = max(0, at - 1) if up else min(len(steps) - 1, at + 1)
        steps[_there(steps, at)], steps[other] = steps[other], steps[at]
        row.steps = steps
        return _kept(row, by, "move_step")


def retire(template: Template, *, by: Any, retired: bool = True) -> Template:
    """Offer a way no more, or again; proposals that are on it keep it."""
    _may(by, template.community)
    with writing(template.community_id):
        row = _locked(template)
        row.retired = retired
        return _kept(row, by, "retire")


def set_numbers(*, by: Any, community: Community, supporters: int) -> Settings:
    """Set with how many supporters a proposal may go on against the desk's word."""
    _may(by, community)
    with writing(community.pk):
        row = queries.settings_of(community)
        row.supporters = supporters
        row.save()
        change(row, by=by, kind="proposals.settings", verb="set_numbers", details={"supporters": supporters})
        return row
