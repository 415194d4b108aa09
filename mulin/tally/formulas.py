"""One test with its numbers; what silence goes with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .ballots import YES
from .result import Formula, Total
from .ruleset import Group, RuleSet, Test

Majority = Literal["", "yes", "no", "abstain"]


def tests_of(rules: RuleSet) -> tuple[Test, ...]:
    """List what passes a motion: the fractions, or everyone in every measure."""
    if rules.mode == "all_affected":
        return tuple(Test(measure, "yes", "members", 1, 1) for measure in rules.measures)
    return rules.passes


def majority_of(totals: Sequence[Total]) -> Majority:
    """Name the opinion that leads in every measure; none where measures disagree or opinions are equal."""
    leading: set[Majority] = set()
    for one in totals:
        opinions: list[tuple[int, Majority]] = [(one.yes, "yes"), (one.no, "no"), (one.abstain, "abstain")]
        opinions.sort()
        leading.add(opinions[2][1] if opinions[2][0] > opinions[1][0] else "")
    return leading.pop() if len(leading) == 1 else ""


def formula(
    rules: RuleSet, test: Test, totals: Sequence[Total], majority: Majority, *, turnout: bool = False,
    votes: int | None = None,
) -> Formula:  # fmt: skip
    """Put the numbers into a test; `votes` are those of an option, `turnout` is for the tests of who takes part."""
    whole = next(one for one in totals if one.measure == test.measure)
    joins = whole.silent_joined if not turnout or rules.silence == "taking_part" else 0
    yes = whole.yes + (joins + whole.follow if majority == YES else 0) if votes is None else votes
    amounts: dict[Group, int] = {
        "members": whole.members, "present": whole.present or 0, "cast": whole.cast + joins,
        "participating": whole.participating + joins, "yes": yes,
    }  # fmt: skip
    part, base = amounts[test.part], amounts[test.base]
    left, right = test.den * part, test.num * base
    # Nothing is no part of nothing: without a base nobody decided.
    met = base > 0 and (left > right if test.strict else left >= right)
    return Formula(
        test.measure, test.part, test.base, test.num, test.den, test.strict, part, base, left, right, met
    )  # fmt: skip
