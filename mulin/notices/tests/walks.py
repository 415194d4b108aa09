"""How notices and objections are made for walks through their flows, and what the tests of notices share."""

from datetime import timedelta
from typing import Any

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.worker import drain, tick
from mulin.people import actions as people

from .. import actions
from ..models import Notice, Objection

LIST = "姓名,房屋\n王小明,3号楼2单元1201\n欧阳修,1号楼1单元0302"
GIVEN = {"kind": "plan", "title": "Plan of the back gate", "text": "A gate of steel, 40,000 yuan."}


def draft(town, **more: Any) -> Notice:
    return actions.draft(by=town.worker, community=town.community, **{**GIVEN, **more})


def posted(town, **more: Any) -> Notice:
    return actions.post(draft(town, **more), by=town.worker)


def with_list(town, rows=None, kind="assistance") -> Notice:
    rows = rows or [{"name": "王**", "door": "3号楼2单元***"}]
    return actions.fill(draft(town, kind=kind, title="Help for families"), by=town.worker, rows=rows)


def posted_list(town, **more: Any) -> Notice:
    asked = actions.post_list(with_list(town, **more), by=town.worker)
    return second(asked, "post_list", by=town.worker_two, agree=True)


def subject(town):
    """Make a noun that posts a notice with itself."""
    return people.add_organisation(by=SYSTEM, community=town.community, kind="firm", name="Subject")


def for_subject(town, noun=None, **more: Any) -> Notice:
    given = {"kind": "vote", "title": "Vote on the gate", "text": "On Sunday at ten.", **more}
    return actions.post_for(noun or subject(town), by=town.worker, **given)


def objected(town, notice=None, by=None, **more: Any) -> Objection:
    given = {"words": "The wall stands on our ground.", **more}
    by = by or town.resident
    return actions.lodge(by=by, community=town.community, notice=notice or posted(town), **given)


def answered(town, objection=None, by=None, **more: Any) -> Objection:
    given = {"outcome": "rejected", "words": "The deed says otherwise.", "published": "The deed was looked at.", **more}
    return actions.answer(objection or objected(town), by=by or town.worker, **given)


def pressed(town, objection=None) -> Objection:
    return actions.press(answered(town, objection), by=town.resident, words="The deed is of 1988.")


def again(noun):
    return type(noun).objects.for_list().get(pk=noun.pk)


def later(**by):
    clock.advance(timedelta(**by))
    tick()
    drain()
    tick()


def text(answer):
    assert answer.status_code == 200, answer.content.decode()[:800]
    return answer.content.decode()


def main(answer):
    """What a page itself says, without navigation and foot."""
    return text(answer).split("<main", 1)[1].split("</main", 1)[0]


def notice_walk(town, pick):
    begun = [
        lambda: draft(town), lambda: draft(town, kind="assistance"), lambda: with_list(town), lambda: posted(town),
        lambda: posted(town, kind="general"), lambda: for_subject(town), lambda: objected(town).notice,
    ]  # fmt: skip
    return again(pick(begun)()), []


def objection_walk(town, pick):
    begun = [lambda: objected(town), lambda: objected(town, given_by="Old Zhou", by=town.worker)]
    return again(pick(begun)()), []


ANSWERS = {"pasted": LIST.replace("姓名", "申请人").replace("房屋", "住址"), "days": "", "title": "A gate"}
WALKS = {"notices.Notice": notice_walk, "notices.Objection": objection_walk}
