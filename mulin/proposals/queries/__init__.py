"""Reads of proposals: ways, rules of votes, what is alike, lists, what pages show, who hears, what is known."""

from .alike import alike
from .lists import (
    TABS,
    any_there,
    found,
    mine,
    of_case,
    open_steps,
    others,
    pitches_of,
    place_of,
    sittings,
    to_pitch,
    waiting,
)
from .ruling import beyond, days_for, decides_by_law, nobody_in_office, rules_name, ruleset
from .shown import (
    came_of,
    due_words,
    five,
    judged,
    marks_of,
    merged_from,
    own_rating,
    revisions,
    said_of,
    steps_of,
    way,
    words_of,
)
from .telling import (
    actors,
    concerned,
    in_charge,
    in_charge_of_steps,
    proposer_of_step,
    supervisors_of,
    supporters,
    supporters_of_step,
    tell_brought,
    tell_rated,
    tell_steps,
    tell_supported,
    the_desk,
    the_proposer,
)
from .ways import body_for, in_office, liveable, own_templates, plans, settings_of, supervisor_for, there

__all__ = [
    "TABS", "actors", "alike", "any_there", "beyond", "body_for", "came_of", "concerned", "days_for",
    "decides_by_law", "due_words", "five", "found", "in_charge", "in_charge_of_steps", "in_office", "judged",
    "liveable", "marks_of", "merged_from", "mine", "nobody_in_office", "of_case", "open_steps", "others",
    "own_rating", "own_templates", "pitches_of", "place_of", "plans", "proposer_of_step", "revisions",
    "rules_name", "ruleset", "said_of", "settings_of", "sittings", "steps_of", "supervisor_for", "supervisors_of",
    "supporters", "supporters_of_step", "tell_brought", "tell_rated", "tell_steps", "tell_supported", "the_desk",
    "the_proposer", "there", "to_pitch", "waiting", "way", "words_of",
]  # fmt: skip
