"""The proof sheet: every number of a count and why it ended so, in sentences that anyone can check by hand."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .ballots import Question
from .result import Formula, OptionCount, Result, Total
from .ruleset import Measure, RuleSet
from .words import say

Lines = tuple[str, ...]


class Section(msgspec.Struct, frozen=True):
    """A heading with its lines."""

    title: str
    lines: Lines


def sheet(question: Question, rules: RuleSet, result: Result, lang: str = "en") -> tuple[Section, ...]:
    """Write the proof sheet of a count."""
    sections = [
        Section(question.title or question.id, tuple(_head(rules, lang))),
        Section(say("sheet_returned", lang), tuple(_returned(result, lang))),
        *_tested(rules, result, lang),
        Section(say("sheet_outcome", lang), (*reason(question, rules, result, lang),)),
    ]
    if result.without_silence is not None:
        sections.append(_silence(question, rules, result, result.without_silence, lang))
    return tuple(one for one in sections if one.lines)


def as_text(sections: tuple[Section, ...]) -> str:
    """Write a sheet as plain text."""
    return "\n\n".join("\n".join([one.title, *(f"  {line}" for line in one.lines)]) for one in sections)


def reason(question: Question, rules: RuleSet, result: Result, lang: str = "en") -> Lines:
    """Say what follows and why, the outcome first."""
    failed = [each for each in (*result.takes_part, *result.passes) if not each.met]
    if not result.quorate:
        failed = [each for each in result.takes_part if not each.met]
    said = [say(f"outcome_{result.outcome}", lang)]
    said += [say("because", lang, wanted=wanted(each, lang)) for each in failed]
    titles = {option.key: option.title for option in question.options}
    named = [(f"sheet_{name}", getattr(result, name)) for name in ("elected", "tied", "drawn")]
    said += [
        say(code, lang, names=_listed([titles.get(key, key) for key in keys], lang)) for code, keys in named if keys
    ]
    if rules.ballot == "choose" and result.outcome == "elected" and len(result.elected) < rules.seats:
        said.append(say("sheet_seats_left", lang, left=rules.seats - len(result.elected)))
    return tuple(said)


def inequality(test: Formula, lang: str = "en") -> str:
    """Write a test with its numbers, such as "3 × 1,204.50 m² ≥ 2 × 1,800.00 m²: met"."""
    part, base = amount(test.part_amount, test.measure, lang), amount(test.base_amount, test.measure, lang)
    if test.base_amount == 0:
        return say("formula_nothing", lang)
    signs = {(True, True): ">", (True, False): "≥", (False, True): "≤", (False, False): "<"}
    line = f"{test.den} × {part} {signs[test.met, test.strict]} {test.num} × {base}"
    return say("formula_met" if test.met else "formula_not_met", lang, line=line)


def wanted(test: Formula, lang: str = "en") -> str:
    """Say what a test asks: area of those who say yes, more than 1/2 of those who take part."""
    whole = test.num == test.den
    code = "wanted_all" if whole else "wanted_more" if test.strict else "wanted_least"
    values = {name: say(f"group_{value}", lang) for name, value in (("part", test.part), ("base", test.base))}
    return say(code, lang, measure=say(f"measure_{test.measure}", lang), num=test.num, den=test.den, **values)


def amount(number: int, measure: Measure, lang: str = "en") -> str:
    """Write a number of a measure: areas in m² with two decimals, all else as it is."""
    if measure != "area":
        return f"{number:,}"
    return say("area", lang, whole=f"{number // 100:,}", rest=f"{number % 100:02}")


def _head(rules: RuleSet, lang: str) -> Iterator[str]:
    title = rules.title_zh if lang.startswith("zh") else rules.title_en
    yield say("sheet_rules", lang, title=title, key=rules.key)
    yield say("sheet_source", lang, source=rules.source, dated=rules.dated)


def _returned(result: Result, lang: str) -> Iterator[str]:
    for one in result.totals:
        yield say("sheet_total", lang, **_said(one, lang, ("members", "cast", "participating", "invalid", "silent")))
        yield (
            say("sheet_opinions", lang, **_said(one, lang, ("yes", "no", "abstain")))
            if not one.chosen
            else say("sheet_chosen", lang, **_said(one, lang, ("chosen", "abstain")))
        )
        if one.follow:
            yield say("sheet_follow", lang, follow=amount(one.follow, one.measure, lang))
        if one.present is not None:
            yield say("sheet_present", lang, present=amount(one.present, one.measure, lang))
        if vacant := one.members - one.cast - one.silent:
            yield say("sheet_vacant", lang, vacant=amount(vacant, one.measure, lang))
    if result.replaced:
        yield say("sheet_replaced", lang, ballots=result.ballots, replaced=result.replaced)


def _said(one: Total, lang: str, names: tuple[str, ...]) -> dict[str, str]:
    values = {name: amount(getattr(one, name), one.measure, lang) for name in names}
    return {"measure": say(f"measure_{one.measure}", lang), **values}


def _tested(rules: RuleSet, result: Result, lang: str) -> Iterator[Section]:
    for name in ("takes_part", "passes"):
        lines = tuple(_tested_line(each, lang) for each in getattr(result, name))
        yield Section(say(f"sheet_{name}", lang), lines)
    ranked = tuple(line for option in result.options for line in _option(rules, option, lang))
    yield Section(say("sheet_options", lang), ranked)


def _tested_line(test: Formula, lang: str) -> str:
    return say("sheet_test", lang, wanted=wanted(test, lang), inequality=inequality(test, lang))


def _option(rules: RuleSet, option: OptionCount, lang: str) -> Iterator[str]:
    votes = _listed(
        [
            say("sheet_votes", lang, measure=say(f"measure_{measure}", lang), votes=amount(number, measure, lang))
            for measure, number in zip(rules.measures, option.votes, strict=True)
        ],
        lang,
    )
    code = "sheet_option_in" if option.elected else "sheet_option"
    yield say(code, lang, option=option.key, votes=votes)
    for test in option.passes:
        yield "  " + _tested_line(test, lang)


def _silence(question: Question, rules: RuleSet, result: Result, plain: Result, lang: str) -> Section:
    """Show both ways where the rules count silence."""
    lines = [say(f"majority_{result.majority or 'none'}", lang)]
    for one in result.totals:
        values = _said(one, lang, ("silent_joined", "follow"))
        lines.append(say("sheet_joined", lang, **values))
    lines.append(say("sheet_same" if plain.outcome == result.outcome else "sheet_other", lang))
    lines += [_tested_line(each, lang) for each in (*plain.takes_part, *plain.passes)]
    lines += reason(question, rules, plain, lang)
    return Section(say("sheet_without_silence", lang), tuple(lines))


def _listed(names: list[str], lang: str) -> str:
    return ("、" if lang.startswith("zh") else ", ").join(names)
