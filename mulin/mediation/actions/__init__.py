"""The verbs of mediation; every write. No line of the log holds a name or a word."""

from .asking import agree, ask, decline, enter, give_way, hide_desk, join, lapse, leave, show_desk, take_back
from .mediating import call_off, choose, hold, pass_on, plan, propose, stay_silent, step_down, take_on
from .settling import (
    ask_change,
    confirm,
    draft,
    draft_lapses,
    fail,
    forget,
    give_up,
    note_kept,
    pause,
    remind,
    remind_court,
    remind_follow_up,
    report_breach,
    resume,
    withdraw,
)

__all__ = [
    "agree", "ask", "ask_change", "call_off", "choose", "confirm", "decline", "draft", "draft_lapses", "enter",
    "fail", "forget", "give_up", "give_way", "hide_desk", "hold", "join", "lapse", "leave", "note_kept", "pass_on",
    "pause", "plan", "propose", "remind", "remind_court", "remind_follow_up", "report_breach", "resume",
    "show_desk", "stay_silent", "step_down", "take_back", "take_on", "withdraw",
]  # fmt: skip
