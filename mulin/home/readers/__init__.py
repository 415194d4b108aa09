"""Who hears of the nouns of modules that do not say it themselves: news is above people, and the others are full."""

from . import cases, homes, people, taking_part


def hear_all() -> None:
    """Tell news who hears of all these."""
    for module in (cases, homes, people, taking_part):
        module.hear()


__all__ = ["hear_all"]
