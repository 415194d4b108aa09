"""The proof sheet in both languages."""

import re
from string import Formatter

import pytest

from mulin.tally.ballots import Ballot, Hands, Option, Question
from mulin.tally.roll import Entry, Roll
from mulin.tally.sheet import amount, as_text, inequality, reason, sheet, wanted
from mulin.tally.words import say as sentence
from mulin.tally.words import words

from .made import (
    AFFECTED,
    COUNCIL,
    FOLLOW,
    ORDINARY,
    REPS,
    SPECIAL,
    YES,
    areas,
    asks,
    count,
    heads,
    replace,
    rules,
    said,
    say,
)

ASKED = Question("V-2026-0001", "Mend the roof")


def text(by, result, lang="en", question=ASKED):
    """The whole sheet."""
    return as_text(sheet(question, by, result, lang))


def owners(by=SPECIAL, yes=60225, no=60225):
    """Two who take part, and one of 595.50 m² who does not."""
    return count(by, areas(yes, no, 59550), say(YES, ("no",)))


def test_a_test_is_written_so_that_anyone_can_check_it():
    area, by_head = owners().takes_part
    assert inequality(area) == "3 × 1,204.50 m² ≥ 2 × 1,800.00 m²: met"
    assert inequality(area, "zh-hans") == "3 × 1,204.50 平方米 ≥ 2 × 1,800.00 平方米：达到"
    assert inequality(by_head) == "3 × 2 ≥ 2 × 3: met"
    area, by_head = owners().passes
    assert inequality(area) == "4 × 602.25 m² < 3 × 1,204.50 m²: not met"
    area, by_head = owners(ORDINARY).passes
    assert inequality(area) == "2 × 602.25 m² ≤ 1 × 1,204.50 m²: not met"
    assert inequality(owners(ORDINARY, yes=60226).passes[0]) == "2 × 602.26 m² > 1 × 1,204.51 m²: met"


def test_nobody_to_count_by_is_said():
    result = count(rules(), heads(2), [])
    assert inequality(result.passes[0]) == "there is nobody to count by: not met"
    assert "没有可计算的基数" in text(rules(), result, "zh")


def test_what_a_test_asks_is_said():
    area, by_head = owners().takes_part
    assert wanted(area) == "Area: those taking part (valid ballots, abstentions included), at least 2/3 of all"
    assert wanted(by_head, "zh") == "人数：参与表决者（有效票，含弃权）不少于全体的 2/3"
    assert wanted(owners(ORDINARY).passes[1], "zh") == "人数：同意超过参与表决者（有效票，含弃权）的 1/2"
    everyone = count(AFFECTED, heads(2), said(2)).passes[0]
    assert wanted(everyone) == "Heads: yes, all of them"
    assert wanted(everyone, "zh") == "人数：全体都同意"


@pytest.mark.parametrize(
    ("number", "measure", "en"), [(120450, "area", "1,204.50 m²"), (5, "area", "0.05 m²"), (1204, "heads", "1,204")]
)
def test_amounts_are_written(number, measure, en):
    assert amount(number, measure) == en
    assert amount(number, measure, "zh") == en.replace("m²", "平方米")


def test_a_sheet_of_an_owners_vote():
    assert text(SPECIAL, owners()).splitlines() == [
        "Mend the roof",
        "  Counted by: Owners decide (special matters) (CN-278-special)",
        f"  Source: {SPECIAL.source}, as of 2021-01-01",
        "",
        "What was returned",
        "  Heads: 3 in all; returned 2, of these valid 2 and invalid 0; silent 1.",
        "  Heads: yes 1, no 1, abstained 0.",
        "  Area: 1,800.00 m² in all; returned 1,204.50 m², of these valid 1,204.50 m² and invalid 0.00 m²; "
        "silent 595.50 m².",
        "  Area: yes 602.25 m², no 602.25 m², abstained 0.00 m².",
        "",
        "Did enough take part?",
        "  Area: those taking part (valid ballots, abstentions included), at least 2/3 of all. "
        "3 × 1,204.50 m² ≥ 2 × 1,800.00 m²: met.",
        "  Heads: those taking part (valid ballots, abstentions included), at least 2/3 of all. 3 × 2 ≥ 2 × 3: met.",
        "",
        "Do enough say yes?",
        "  Area: yes, at least 3/4 of those taking part (valid ballots, abstentions included). "
        "4 × 602.25 m² < 3 × 1,204.50 m²: not met.",
        "  Heads: yes, at least 3/4 of those taking part (valid ballots, abstentions included). "
        "4 × 1 < 3 × 2: not met.",
        "",
        "What follows",
        "  Not adopted.",
        "  Not reached: Area: yes, at least 3/4 of those taking part (valid ballots, abstentions included).",
        "  Not reached: Heads: yes, at least 3/4 of those taking part (valid ballots, abstentions included).",
    ]


def test_a_chinese_sheet_has_no_english():
    for by, result in ((SPECIAL, owners()), (COUNCIL, count(COUNCIL, heads(9, 12), said(8)))):
        shown = text(by, result, "zh-hans", Question("V-1", "修屋顶"))
        assert not re.search(r"[a-z]{3,}", shown.replace(by.key, ""))


def test_too_few_is_the_only_reason_when_too_few_took_part():
    said_why = reason(ASKED, SPECIAL, count(SPECIAL, areas(10, 10, 10), say(None, ("no",))))
    assert said_why[0] == "Nothing was decided: too few took part."
    assert len(said_why) == 3
    assert all("at least 2/3 of all" in line for line in said_why[1:])


def test_vacant_seats_those_present_and_replaced_ballots_are_told():
    again = [*say(YES, YES), Ballot("R-1", 2, YES)]
    shown = text(REPS, count(REPS, heads(3, 4), again, present=3))
    assert "Present: 3." in shown
    assert "Seats that nobody holds, counted all the same: 1." in shown
    assert "3 ballots came in; 1 were replaced by a later one of the same entry." in shown
    shown = text(REPS, count(REPS, heads(4), [], hands=Hands(yes=3, no=0, abstain=0, present=3)))
    assert "nobody holds" not in shown
    assert "replaced" not in shown
    assert "Adopted: every test is met." in shown


def test_silence_is_shown_both_ways():
    by = rules(silence="with_majority", takes_part=(asks("participating", "members", 1, 3),),
               passes=(asks("yes", "members", 1, 2, strict=True),))  # fmt: skip
    result = count(by, heads(9), said(3, 1))
    shown = text(by, result)
    assert "Silence, both ways\n  By these rules the silent go with the majority: yes leads in every measure." in shown
    assert "  Heads: the silent who count with the majority 5; said so on their ballot 0." in shown
    assert "  Without silence the outcome is another:" in shown
    assert "  Heads: yes, more than 1/2 of all. 2 × 3 ≤ 1 × 9: not met." in shown
    assert "2 × 8 > 1 × 9: met." in shown
    assert shown.endswith("Not adopted.\n  Not reached: Heads: yes, more than 1/2 of all.")
    assert "Without silence the outcome is the same:" in text(by, count(by, heads(5), said(3, 1)))
    assert "none leads in every measure" in text(by, count(by, heads(9), said(2, 2)))


def test_who_follows_is_shown():
    by = rules(follow=True)
    shown = text(by, count(by, heads(4), say(YES, YES, FOLLOW)))
    assert "With the majority, as they said: 1." in shown
    assert "said so on their ballot 1." in shown


PITCHES = Question("V-1", "Which pitch?", (Option("A", "A bench"), Option("B", "A lamp"), Option("C", "A tree")))


def test_options_are_listed_with_their_votes():
    by = rules(ballot="choose", seats=2, measures=("heads", "area"), passes=(asks("yes", "members", 1, 2),))
    result = count(by, areas(10, 20, 30), say(("A",), ("A", "B"), ("C",)), options=PITCHES.options)
    shown = text(by, result, question=PITCHES)
    assert "Heads: chose 3, abstained 0." in shown
    assert (
        "The options\n  A: Heads 2, Area 0.30 m²; chosen\n    Heads: yes, at least 1/2 of all. 2 × 2 ≥ 1 × 3: met."
        in shown
    )
    assert "  B: Heads 1, Area 0.20 m²\n    Heads: yes, at least 1/2 of all. 2 × 1 < 1 × 3: not met." in shown
    assert "Do enough say yes?" not in shown
    assert shown.endswith("What follows\n  Chosen by their votes.\n  Chosen: A bench.\n  Seats left open: 1.")
    assert "选出：A bench。" in text(by, result, "zh", PITCHES)


def test_ties_and_lots_are_told():
    by = rules(ballot="choose", seats=1, passes=(), ties="lot")
    ballots = say(("A",), ("B",))
    waiting = count(by, heads(2), ballots, options=PITCHES.options)
    assert reason(PITCHES, by, waiting) == (
        "Equal at the last seat: the lot decides, and has not been drawn yet.",
        "Equal at the last seat: A bench, A lamp.",
    )
    drawn = reason(PITCHES, by, count(by, heads(2), ballots, options=PITCHES.options, lot="7"))
    assert len(drawn) == 4
    assert drawn[3].startswith("In the order of the lot: A ")
    second = replace(by, ties="runoff")
    result = count(second, heads(2), ballots, options=PITCHES.options)
    assert reason(PITCHES, second, result)[0] == "A second ballot decides among those who are equal."


def test_a_question_without_a_title_goes_by_its_number():
    assert text(COUNCIL, count(COUNCIL, heads(1), said(1)), question=Question("V-7", "")).startswith("V-7\n")


def test_shares_have_no_unit():
    by = rules(measures=("shares",), passes=(asks("yes", "members", 1, 2, measure="shares"),))
    shown = text(by, count(by, Roll((Entry("R-1", 1, 0, 1500),)), say(YES)))
    assert "Shares: yes, at least 1/2 of all. 2 × 1,500 ≥ 1 × 1,500: met." in shown


def test_every_sentence_is_there_in_both_languages_with_the_same_places():
    def places(line):
        return sorted(name for _text, name, _form, _how in Formatter().parse(line) if name)

    for code, row in words().items():
        assert set(row) == {"en", "zh"}, code
        assert places(row["en"]) == places(row["zh"]), code
        assert re.search("[\u4e00-\u9fff]", row["zh"]) or places(row["zh"]), code


def test_every_sentence_is_used():
    from pathlib import Path

    here = Path(__file__).parents[1]
    code = "".join(path.read_text("utf-8") for path in here.glob("*.py"))
    code += (here.parent / "config/management/commands/tally.py").read_text("utf-8")
    made = ("measure_", "group_", "outcome_", "majority_", "roll_", "test_", "sheet_")
    assert [name for name in words() if f'"{name}"' not in code and not name.startswith(made)] == []


def test_other_languages_get_english():
    assert sentence("because", "fr", wanted="x") == "Not reached: x."
    assert sentence("because", wanted="x") == "Not reached: x."
    assert sentence("because", "zh", wanted="x") == "未达到：x。"
