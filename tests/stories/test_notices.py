"""The stories of public notices: posted for days, objected to, answered before everyone, and proved by the log."""

from datetime import datetime, timedelta

import pytest

from mulin.kernel import clock
from mulin.kernel.worker import drain, tick
from mulin.notices.models import ListRow, Notice, Objection

from .conftest import PAGES, done

pytestmark = pytest.mark.usefixtures("english")
KIND, OBJECTIONS = "notices", "objections"
PAGES |= {"notices": ("notices/", "notices/new/"), "objections": ("notices/objections/", "")}


@pytest.fixture(autouse=True)
def monday(db):
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))


def object_to(who, notice, **answers):
    at = f"notices/objections/new/?notice={notice}"
    return who.make(OBJECTIONS, at=at, notice=str(notice), **answers)


def days(count):
    clock.advance(timedelta(days=count))
    tick()
    drain()
    tick()


@pytest.mark.story("C5")
def test_a_plan_is_published_to_all_objected_to_and_settled_by_the_clock(town, door):
    worker, resident, anyone = door(town, town.worker), door(town, town.resident), door(town)
    plan = worker.make(KIND, kind="plan", title="The back gate", text="A gate of steel, 40,000 yuan.")
    assert anyone.status(plan, KIND) == 404
    assert done(worker.move(plan, "post", KIND))
    assert "40,000 yuan" in anyone.sees(plan, KIND)
    objection = object_to(resident, plan, words="The wall stands on our ground.")
    assert anyone.status(objection, OBJECTIONS) in (302, 404)
    assert "our ground" in resident.sees(objection, OBJECTIONS)
    days(9)
    assert Notice.objects.get(pk=plan).state == "posted"
    said = {"outcome": "partly", "words": "We measured it with you.", "published": "The wall moves by a metre."}
    assert not done(resident.move(objection, "answer", OBJECTIONS, **said))
    assert done(worker.move(objection, "answer", OBJECTIONS, **said))
    assert "moves by a metre" in anyone.sees(plan, KIND)
    assert "our ground" not in anyone.sees(plan, KIND)
    assert done(resident.move(objection, "press", OBJECTIONS, words="Two metres."))
    assert not done(worker.move(objection, "answer_again", OBJECTIONS, **said))
    assert done(door(town, town.worker_two).move(objection, "answer_again", OBJECTIONS, **said))
    days(0)
    assert (Notice.objects.get(pk=plan).state, Objection.objects.get().state) == ("settled", "settled")


@pytest.mark.story("H4")
def test_help_for_a_family_is_posted_masked_by_two_and_erased(town, door):
    worker, other, anyone = door(town, town.worker), door(town, town.worker_two), door(town)
    notice = worker.make(KIND, kind="assistance", title="Help for families", text="The subdistrict looked at them.")
    assert done(worker.move(notice, "fill", KIND, pasted="申请人,住址\n罗秀芬,6号楼2单元301"))
    assert not done(worker.move(notice, "post", KIND))
    assert done(worker.move(notice, "post_list", KIND))
    assert anyone.status(notice, KIND) == 404
    assert not done(worker.move(notice, "post_list/agree", KIND, agree=agreed(door)))
    assert done(other.move(notice, "post_list/agree", KIND, agree=agreed(door)))
    assert [row.cells for row in ListRow.objects.all()] == [{"name": "罗**", "door": "6号楼2单元***"}]
    assert anyone.status(notice, KIND) == 200
    days(8)
    days(2)
    assert (Notice.objects.get(pk=notice).state, ListRow.objects.count()) == ("down", 0)


def agreed(door):
    return "yes" if door.__name__ == "Web" else True


@pytest.mark.story("E2")
def test_anyone_checks_what_was_posted_when_and_by_which_rule(town, door):
    worker, anyone = door(town, town.worker), door(town)
    first = worker.make(KIND, kind="affairs", title="October", text="Spent: 12,480 yuan.")
    assert done(worker.move(first, "post", KIND))
    posted = Notice.objects.get(pk=first)
    assert posted.digest in anyone.sees(first, KIND)
    assert not done(worker.move(first, "amend", KIND, title="October", text="Spent: 2,480 yuan."))
    at = f"notices/new/?replaces={first}"
    given = {"kind": "affairs", "title": "October", "text": "Spent: 12,840 yuan."}
    second = worker.make(KIND, at=at if door.__name__ == "Web" else "", replaces=first, reason="A slip.", **given)
    assert done(worker.move(second, "post", KIND))
    assert "12,480" in anyone.sees(first, KIND)
    assert ("12,840" in anyone.sees(second, KIND), "A slip." in anyone.sees(second, KIND)) == (True, True)
    assert Notice.objects.get(pk=first).state == "replaced"
    proof = door(town).client.get(f"/api/v1/{town.community.slug}/notices/{first}/proof").json()
    assert [step["text"] for step in proof["steps"]] == ["Replaced by a corrected one", "Posted"]
    line = proof["steps"][-1]["line"]
    assert str(first) in str(
        door(town).client.get(f"/api/v1/{town.community.slug}/log/proof?seq={line}&size={proof['size']}").json()
    )
