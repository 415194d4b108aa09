"""The rules of a vote as data: what is measured, who must take part, what passes, how long it is open."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

SAFE = 2**53 - 1  # beyond it some languages round, and so does canonical JSON
Whole = Annotated[int, msgspec.Meta(ge=0, le=SAFE)]
Text = Annotated[str, msgspec.Meta(max_length=300)]
Measure = Literal["heads", "area", "shares"]
# From the widest to the narrowest: each is a part of all before it.
Group = Literal["members", "present", "cast", "participating", "yes"]

WIDEST_FIRST: tuple[Group, ...] = ("members", "present", "cast", "participating", "yes")
MOST_DEN = 1000
BARRED = ("manager_staff", "candidates", "committee_members")  # who may be kept from holding proxies


class Test(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One inequality: met when den × part ≥ num × base, or > when strict; never on a base of nothing."""

    __test__: ClassVar[bool] = False  # pytest takes the name for one of its own

    measure: Measure
    part: Group
    base: Group
    num: Whole
    den: Whole
    strict: bool = False


class RuleSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rules by which a vote is announced, cast and counted."""

    key: Text
    title_zh: Text
    title_en: Text
    source: Text
    dated: Text  # ISO: the day of the text that the source names
    electorate: Literal["owners", "residents", "seats", "households"]
    headcount: Literal["by_owner", "by_unit"] = "by_owner"
    measures: tuple[Measure, ...] = ("heads",)  # the first ranks the options, the next parts those that are equal
    mode: Literal["fractions", "all_affected"] = "fractions"
    takes_part: tuple[Test, ...] = ()
    passes: tuple[Test, ...] = ()  # of each option where options are chosen
    ballot: Literal["yes_no", "choose"] = "yes_no"
    seats: Whole = 0  # how many options are chosen; also how many a ballot may mark
    # taking_part: silence is counted with the majority, and towards those who must take part as well
    silence: Literal["not_counted", "with_majority", "taking_part"] = "not_counted"
    follow: bool = False  # whether a ballot may say: with the majority
    ties: Literal["fails", "lot", "runoff"] = "fails"
    proxies_allowed: bool = False
    proxy_cap: Whole = 0  # how many entries one holder may vote for
    proxies_barred: tuple[Text, ...] = ()
    notice_days: Whole = 0
    open_days_min: Whole = 0
    open_days_max: Whole = 1
    result_days: Whole = 3
    challenge_days: Whole = 0
    secrecy: Literal["named"] = "named"

    @property
    def counts_silence(self) -> bool:
        """Tell whether anything but a returned yes can come to count as one."""
        return self.follow or self.silence != "not_counted"

    @property
    def counts_presence(self) -> bool:
        """Tell whether somebody has to say who was present."""
        return any("present" in (test.part, test.base) for test in (*self.takes_part, *self.passes))
