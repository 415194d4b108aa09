"""Rules of votes: the packs, a community's adapted copy, the days that follow, and all of it in plain words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mulin.people.figures import in_their_language, today_in
from mulin.tally.loading import packs as all_packs
from mulin.tally.problems import problems
from mulin.tally.ruleset import RuleSet, Test
from mulin.territory.models import Community

from ..figures import CHOICES, amount, least
from ..models import Vote

PACKS = Path(__file__).parents[1] / "packs"


@dataclass(frozen=True)
class Pack:
    """A set of rules that ships with the program."""

    rules: RuleSet

    @property
    def name(self) -> str:
        return in_their_language(self.rules.title_zh, self.rules.title_en)


@lru_cache(maxsize=1)
def packs() -> dict[str, Pack]:
    """List the rules that ship with the program, by their keys: those of the law, then what neighbours agree on."""
    rows = tomllib.loads((PACKS / "rules.toml").read_text("utf-8"))["rules"]
    ours = {rules.key: rules for rules in msgspec.convert(rows, list[RuleSet])}
    return {key: Pack(rules) for key, rules in {**all_packs(), **ours}.items()}


def written(rules: RuleSet) -> dict[str, Any]:
    """Write rules as they are stored."""
    found: dict[str, Any] = msgspec.to_builtins(rules)
    return found


def rules_of(vote: Vote) -> RuleSet:
    """Read the rules of a vote."""
    return msgspec.convert(vote.rules, RuleSet)


def adapted(
    rules: RuleSet, *, seats: int | None = None, notice_days: int | None = None, challenge_days: int | None = None,
    passes: tuple[int, int] | None = None, proxy_cap: int | None = None,
) -> RuleSet:  # fmt: skip
    """Copy rules with what a community asks beyond them. Raises ValueError with what would work."""
    changes: dict[str, Any] = {}
    if rules.ballot == "choose" and seats:
        changes["seats"] = seats
    for name, days in (("notice_days", notice_days), ("challenge_days", challenge_days)):
        if days is not None:
            if days < getattr(rules, name):
                words = _("These rules ask for at least %(days)s days here. More is possible, less is not.")
                raise ValueError(words % {"days": getattr(rules, name)})
            changes[name] = days
    if passes:
        changes["passes"] = tuple(_larger(test, *passes) for test in rules.passes)
    if proxy_cap is not None:
        changes |= _capped(rules, proxy_cap)
    made = msgspec.structs.replace(rules, **changes)
    if wrong := problems(made):
        raise ValueError(wrong[0].said(get_language() or "zh"))
    return made


def _larger(test: Test, num: int, den: int) -> Test:
    # Whole numbers multiplied across: 3/4 is more than 2/3 since 3 × 3 > 2 × 4.
    if num * test.den < test.num * den:
        words = _("These rules ask for %(num)s/%(den)s. A larger part is possible, a smaller one is not.")
        raise ValueError(words % {"num": test.num, "den": test.den})
    same = num * test.den == test.num * den
    return msgspec.structs.replace(test, num=num, den=den, strict=test.strict if same else False)


def _capped(rules: RuleSet, cap: int) -> dict[str, Any]:
    if cap > (rules.proxy_cap if rules.proxies_allowed else 0):
        words = _("By these rules one person votes for at most %(most)s others.")
        raise ValueError(words % {"most": rules.proxy_cap})
    return {"proxy_cap": cap} if cap else {"proxy_cap": 0, "proxies_allowed": False, "proxies_barred": ()}


def days_wrong(rules: RuleSet, community: Community, opens_on: date, closes_on: date) -> Iterator[tuple[str, str]]:
    """Say what is wrong with the days of a vote, each by its field."""
    if (opens_on - today_in(community)).days < rules.notice_days:
        words = ngettext(
            "These rules ask for %(n)s day of notice before voting begins. Choose a later day.",
            "These rules ask for %(n)s days of notice before voting begins. Choose a later day.", rules.notice_days,
        )  # fmt: skip
        yield "opens_on", words % {"n": rules.notice_days}
    days = (closes_on - opens_on).days + 1
    if not max(rules.open_days_min, 1) <= days <= rules.open_days_max:
        words = _("By these rules voting is on for %(least)s to %(most)s days, the first and the last included.")
        yield "closes_on", words % {"least": max(rules.open_days_min, 1), "most": rules.open_days_max}


# ---- in plain words ----


def in_words(vote: Vote, whole: dict[str, int]) -> list[tuple[str, list[str]]]:
    """Say the rules of a vote as one would to a neighbour; `whole` is what the roll adds up to."""
    rules, told = rules_of(vote), []
    sums = [_much(measure, whole[measure]) for measure in rules.measures]
    told.append((_("Who can vote"), [f"{vote.electorate_label}{_(', ')}{vote.place}", _(", ").join(sums)]))
    if rules.mode == "all_affected":
        told.append((_("When it passes"), [_("Everyone on the roll has to say yes.")]))
    if rules.takes_part:
        told.append((_("How many must take part"), [_test(test, whole) for test in rules.takes_part]))
    if rules.passes:
        told.append((_("When it passes"), [_test(test, whole) for test in rules.passes]))
    if rules.ballot == "choose":
        told.append((_("How many are chosen"), [str(rules.seats)]))
    if rules.counts_silence:
        told.append((_("Silence"), [_silence(rules)]))
    told.append((_("By name"), [_named(vote)]))
    told.append((_("Changing one's mind"), [_("Until voting ends one can vote again; the last ballot counts.")]))
    told.append((_("Voting for others"), [_proxies(rules)]))
    return told


def _much(measure: str, value: int) -> str:
    number = amount(measure, value)
    return ngettext("%(n)s head", "%(n)s heads", value) % {"n": number} if measure == "heads" else number


def _test(test: Test, whole: dict[str, int]) -> str:
    measure = {"heads": _("By heads"), "area": _("By floor area"), "shares": _("By shares")}[test.measure]
    parts = {
        "present": _("present"), "participating": _("taking part with a valid ballot, abstentions included"),
        "cast": _("returned, invalid ones included"), "yes": _("said yes"),
    }  # fmt: skip
    bases = {
        "members": _("of all on the roll"), "present": _("of those present"),
        "participating": _("of those who take part"), "cast": _("of the ballots returned"),
    }  # fmt: skip
    how = _("more than %(num)s/%(den)s") if test.strict else _("at least %(num)s/%(den)s")
    fraction = how % {"num": test.num, "den": test.den}
    said = _("%(measure)s: %(part)s, %(fraction)s %(base)s") % {
        "measure": measure, "part": parts[test.part], "fraction": fraction, "base": bases[test.base],
    }  # fmt: skip
    if test.base != "members":
        return said
    needed = _much(test.measure, least(test.num, test.den, test.strict, whole[test.measure]))
    return _("%(said)s; that is %(needed)s") % {"said": said, "needed": needed}


def _silence(rules: RuleSet) -> str:
    if rules.silence == "not_counted":
        return _("A ballot may say: with the majority. The result is shown with and without it.")
    return _("By these rules who says nothing is counted with the majority. The result is shown both ways.")


def _named(vote: Vote) -> str:
    if vote.of_seats:
        return _("By name: afterwards everyone reads how each seat voted; of a show of hands, the count.")
    return _("By name: after the vote those on the roll can read it beside the masked door, nobody else.")


def _proxies(rules: RuleSet) -> str:
    if not rules.proxies_allowed:
        return _("Nobody votes for others.")
    said = _("With a written proxy for at most %(most)s others.") % {"most": rules.proxy_cap}
    barred = {
        "manager_staff": _("nobody of the property firm"), "candidates": _("no candidates"),
        "committee_members": _("no members of the committee"),
    }  # fmt: skip
    out = [barred[word] for word in rules.proxies_barred]
    return said if not out else _("%(said)s Barred: %(who)s.") % {"said": said, "who": _(", ").join(out)}


def choice_label(vote: Vote, choices: list[str]) -> str:
    """Write what a ballot says."""
    titles = {each["key"]: each["title"] for each in vote.options}
    return _(", ").join(str(titles.get(key) or CHOICES.get(key, key)) for key in choices)
