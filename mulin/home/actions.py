"""What goes over in cases when two entries of one person are joined; cases' own package is full."""

from __future__ import annotations

from mulin.cases.models import Case, Part
from mulin.kernel.clock import now
from mulin.kernel.engine import update_adopted
from mulin.people import actions as people
from mulin.people.models import Person


def carry_all() -> None:
    """Say which rows of cases name persons: who reported them, leads them and takes part."""
    people.carries(Case, "reporter")
    people.carries(Case, "leader", gives=True)
    people.carries(Part, "person", gives_way=_end)
    people.AFTERWARDS.append(_follow)


def _end(part: Part, rule: str) -> None:
    Part.objects.filter(community=part.community_id, pk=part.pk).update(ended_at=now())


def _follow(gone: Person, stays: Person) -> None:
    # Nobody confirms what they solved themselves, by whatever entry; one's reports open for the account that stays.
    here = Case.objects.filter(community=stays.community_id)
    update_adopted(here.filter(solver=f"person:{gone.pk}"), solver=f"person:{stays.pk}")
    if stays.account_id:
        theirs = here.filter(reporter=stays, reporter_account__isnull=False).exclude(reporter_account=stays.account_id)
        update_adopted(theirs, reporter_account=stays.account_id)
