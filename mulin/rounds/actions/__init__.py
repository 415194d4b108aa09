"""The verbs about routes, rounds and maintenance; every write."""

from .routes import (
    activate,
    add_stops,
    amend,
    draw,
    end,
    plan_ahead,
    prolong,
    run_out,
    shift_stop,
    take_out,
    warn,
)
from .upkeep import correct, lapse, plan, record, retire
from .walking import call_off, explain, fall_due, finish, look, miss, schedule, set_out

__all__ = [
    "activate", "add_stops", "amend", "call_off", "correct", "draw", "end", "explain", "fall_due", "finish", "lapse",
    "look", "miss", "plan", "plan_ahead", "prolong", "record", "retire", "run_out", "schedule", "set_out", "shift_stop",
    "take_out", "warn",
]  # fmt: skip
