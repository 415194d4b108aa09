"""What goes with somebody who is forgotten, and what stays."""

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.uploads.models import Attachment

from .. import actions
from ..models import Proposal, Rating, Supporter
from ..readers import forgotten
from .walks import GIVEN, HANDS, again, main, picture, settle


def forget(town, viewer):
    """Let the line be read that says that somebody is forgotten; twice, as may happen."""
    line = Heard(
        town.community.pk, 1, "people.person", viewer.person_id, "forget", "system", clock.now(), "here", "left", {}
    )  # fmt: skip
    forgotten(line)
    forgotten(line)


def test_drafts_of_somebody_who_is_forgotten_are_emptied_whether_open_or_left(plain, town):
    left = plain.draft(title="Left alone")
    actions.withdraw(left, by=town.resident)
    actions.amend(plain.draft(), by=town.resident, photos=[picture()], plan="Mine alone.", **GIVEN)
    forget(town, town.resident)
    told = Proposal.objects.values_list("state", "title", "wrong", "plan", "opinion")
    assert set(told) == {("withdrawn", "", "", "", "")}
    assert not Attachment.objects.exists()


def test_support_goes_and_counts_no_more_while_it_is_discussed(plain, town):
    proposal = plain.sent()
    for by in (town.neighbour, town.officer):
        actions.support(again(proposal), by=by)
    forget(town, town.neighbour)
    assert again(proposal).supporters == 1
    assert not Supporter.objects.filter(person=town.neighbour.person_id).exists()


def test_of_what_is_decided_the_number_of_supporters_stays(plain, town):
    proposal = plain.sent()
    actions.support(again(proposal), by=town.neighbour)
    actions.review(again(proposal), by=town.worker, verdict="feasible", words="Yes.")
    settle()
    plain.to_end(proposal)
    forget(town, town.neighbour)
    assert again(proposal).supporters == 1
    assert not Supporter.objects.exists()


def test_the_words_of_a_judgement_go_and_its_mark_stays(plain, town):
    step = plain.reach("judge", HANDS)
    actions.rate(step, by=town.neighbour, mark=2, words="My cellar is wet.")
    forget(town, town.neighbour)
    assert Rating.objects.values_list("mark", "words").get() == (2, "")


def test_who_objected_is_linked_no_more_and_the_objection_stays(stage, town):
    step = stage.reach("object")
    actions.object_to(step, by=stage.watchers[0], words="Look again.")
    forget(town, stage.watchers[0])
    assert (again(step).objector_id, again(step).state, again(step).objections) == (None, "objected", 1)
    actions.answer(again(step), by=town.worker, words="We did.")


def test_work_of_somebody_who_is_forgotten_falls_to_the_desk(plain, town):
    step = plain.reach("carry_out", HANDS)
    actions.entrust(step, by=town.worker, carrier="proposer")
    forget(town, town.resident)
    assert (again(step).person_id, again(step).carrier) == (None, "The community's desk")


def test_what_everyone_could_read_stays_without_a_name(plain, town, web):
    person = Person.objects.for_list().get(pk=town.resident.person_id)
    proposal = plain.sent()
    people.correct(person, by=town.worker, kind="guest")
    people.forget(again(person), by=SYSTEM)
    settle()
    for viewer in (town.neighbour, None):
        page = main(web(viewer).get(proposal.get_absolute_url()))
        assert "A former guest" in page
        assert "Wang" not in page
    assert (again(proposal).state, again(proposal).title) == ("submitted", "Sheds for bicycles")
