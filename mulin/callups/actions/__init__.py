"""The verbs of call-ups; every write."""

from .callups import (
    add,
    arrange,
    call_off,
    close,
    conclude,
    expire,
    propose,
    remind,
    set_custom,
    sign_off,
    take_back,
    turn_down,
    wind_up,
)
from .turnouts import (
    appraise,
    call,
    excuse,
    finish,
    forget,
    insist,
    judge,
    lapse,
    let_go,
    overrun,
    plan,
    rate,
    refuse,
    report_in,
    send_back,
    settle,
    stop,
)

__all__ = [
    "add", "appraise", "arrange", "call", "call_off", "close", "conclude", "excuse", "expire", "finish", "forget",
    "insist",
    "judge", "lapse", "let_go", "overrun", "plan", "propose", "rate", "refuse", "remind", "report_in", "send_back",
    "set_custom", "settle", "sign_off", "stop", "take_back", "turn_down", "wind_up",
]  # fmt: skip
