"""The moves of talents and signs: what people show of themselves, and take back with one tap."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.engine import Once, begin, moves
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.territory.models import Community

from ..figures import LASTS, sign_kinds
from ..flow import SIGN, TALENT, SignState, TalentState
from ..models import Sign, Talent
from .claims import of_age


def share(
    *, by: Any, community: Community, title: str, kind: str, words: str = "", audience: str = "community",
    once: Once | None = None,
) -> Talent:  # fmt: skip
    """Offer a talent, for a year."""
    draft = Talent(
        community=community, person_id=by.person_id, title=title.strip(), kind=kind, words=words.strip(),
        audience=audience, ends_on=today_in(community) + LASTS,
    )  # fmt: skip
    return begin(draft, by=by, verb="share", once=once, prepare=lambda turn, talent: _share_once(by, talent))


def _share_once(by: Any, talent: Talent) -> None:
    of_age(by, talent.community)
    mine = Talent.objects.filter(community_id=talent.community_id, person_id=talent.person_id, title=talent.title)
    if mine.exclude(state=TalentState.WITHDRAWN).exclude(pk=talent.pk).exists():
        raise Refused("offered_already", _("You offer this already. You can change its words."))


@moves(TALENT)
def revise(talent: Talent, *, by: Any, title: str, kind: str, words: str = "", audience: str = "community") -> None:
    """Change the words, or who can see it."""
    talent.title, talent.kind, talent.words, talent.audience = title.strip(), kind, words.strip(), audience
    _share_once(by, talent)


@moves(TALENT)
def hide(talent: Talent, *, by: Any) -> None:
    """Hide it for now."""


@moves(TALENT)
def show_again(talent: Talent, *, by: Any) -> None:
    """Show it for another year."""
    talent.ends_on = today_in(talent.community) + LASTS


@moves(TALENT)
def unshare(talent: Talent, *, by: Any) -> None:
    """Take it back; what was offered is deleted."""
    _forget(talent)


@moves(TALENT)
def run_out(talent: Talent, *, by: Any) -> None:
    """Hide it after a year; take back what stayed hidden for another one."""
    if talent.state == TalentState.OFFERED:
        talent.state = TalentState.HIDDEN
    else:
        talent.state = TalentState.WITHDRAWN
        _forget(talent)


def _forget(talent: Talent) -> None:
    talent.title, talent.kind, talent.words = "", "other", ""


def put_up(
    *, by: Any, community: Community, kind: str, scope: str = "person", on_page: bool = False, at_door: bool = False,
    once: Once | None = None,
) -> Sign:  # fmt: skip
    """Show a sign for a year, where one chose."""
    known = sign_kinds().get(kind)
    if known is None or scope not in known.scopes:
        raise Refused("no_such_sign", _("This sign cannot be shown so. Choose another one from the list."), 422)
    home = Person.objects.filter(pk=by.person_id, community=community).values_list("entrance_id", flat=True).first()
    if at_door and home is None:
        raise Refused("no_door", _("We do not know your door. Show it on your page, or tell the community."), 422)
    if not (on_page or at_door):
        raise Refused("nowhere", _("Choose where it is shown: on your page, at your door, or both."), 422)
    draft = Sign(
        community=community, person_id=by.person_id, kind=kind, scope=scope, on_page=on_page,
        entrance_id=home if at_door else None, ends_on=today_in(community) + LASTS,
    )  # fmt: skip
    return begin(draft, by=by, verb="put_up", once=once, prepare=lambda turn, sign: _put_up_once(by, sign))


def _put_up_once(by: Any, sign: Sign) -> None:
    of_age(by, sign.community)
    same = Sign.objects.filter(community_id=sign.community_id, person_id=sign.person_id, state=SignState.SHOWN)
    if same.filter(kind=sign.kind, scope=sign.scope).exists():
        raise Refused("shown_already", _("You show this sign already."))


@moves(SIGN)
def keep_up(sign: Sign, *, by: Any) -> None:
    """Show it for another year."""
    sign.ends_on += LASTS


@moves(SIGN)
def take_down(sign: Sign, *, by: Any) -> None:
    """Take the sign down; it is gone everywhere at once."""


@moves(SIGN)
def fade(sign: Sign, *, by: Any) -> None:
    """Take the sign down after its year."""
