"""The verbs of proposals; every write."""

from .bringing import amend, lapse, leave, pitch, revise, submit, support, withdraw
from .deciding import ask_review, go_on, merge, review, take_in
from .forgetting import erase, let_go, lose, unname
from .keeping import add_step, copy_template, move_step, remove_step, rename_template, retire, save_step, set_numbers
from .objecting import answer, ask_answer, object_to, remind
from .sittings import arrange, take_turn
from .stepping import call_vote, conclude, count_hands, entrust, post, rate, report_on
from .way import (
    advance,
    again,
    be_adopted,
    be_carried_out,
    be_failed,
    be_judged,
    be_met,
    be_rejected,
    catch_up,
    open_up,
    pass_by,
    plan,
    start,
    stop,
)

__all__ = [
    "add_step", "advance", "again", "amend", "answer", "arrange", "ask_answer", "ask_review", "be_adopted",
    "be_carried_out", "be_failed", "be_judged", "be_met", "be_rejected", "call_vote", "catch_up", "conclude",
    "copy_template", "count_hands", "entrust", "erase", "go_on", "lapse", "leave", "let_go", "lose", "merge",
    "move_step", "object_to", "open_up", "pass_by", "pitch", "plan", "post", "rate", "remind", "remove_step",
    "rename_template", "report_on", "retire", "review", "revise", "save_step", "set_numbers", "start", "stop",
    "submit", "support", "take_in", "take_turn", "unname", "withdraw",
]  # fmt: skip
