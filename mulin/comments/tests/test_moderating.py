"""What is done about a comment: reported without a name, hidden with a reason, looked at by a second person."""

import pytest

from mulin.cases.tests.factories import make_town
from mulin.comments import actions, queries
from mulin.comments.models import Report
from mulin.comments.tests.walks import again, asked, hidden, later, reported, written
from mulin.journal.models import Detail
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY
from mulin.kernel.worker import drain
from mulin.news.queries import notifications, shown
from mulin.people.queries import load_viewer


def heard(viewer):
    """List what someone was told of comments, in words."""
    drain()
    rows = [row for row in notifications(viewer) if row.kind == "comments.comment"]
    return [words for _row, _card, words in shown(rows, viewer)]


# ---- reporting and hiding ----


def test_a_report_is_made_once_and_nothing_says_by_whom(town):
    comment = reported(town)
    assert (comment.reports_open, Report.objects.get().words) == (1, "It is rude.")
    with pytest.raises(Refused, match="did not report it before"):
        reported(town, comment)
    reported(town, comment, by=town.officer, reason="private")
    assert again(comment).reports_open == 2
    for by in (NOBODY, town.resident):
        with pytest.raises(Refused, match="anyone who is signed in"):
            reported(town, comment, by=by)
    actors = set(Detail.objects.filter(noun_id=comment.pk, verb="report").values_list("actor", flat=True))
    assert actors == {"guest"}
    ids = {
        str(getattr(viewer, name)) for viewer in (town.neighbour, town.officer) for name in ("account_id", "person_id")
    }
    kept = {str(value) for row in Report.objects.values() for value in row.values()}
    assert not ids & kept
    assert not any(key in row.body for row in Detail.objects.filter(noun_id=comment.pk) for key in ids)


def test_guests_from_elsewhere_may_report_but_not_write(town):
    visitor = load_viewer(make_town("other").resident.account_id, town.community)
    assert reported(town, by=visitor).reports_open == 1


def test_those_who_keep_the_pages_hear_of_the_first_report_and_may_leave_it_as_it_is(town):
    comment = reported(town)
    reported(town, comment, by=town.officer)
    assert heard(town.worker) == [
        "A comment was reported. Please look at it.",
        "There is a comment on something of yours.",
    ]
    assert heard(town.resident) == []
    comment = actions.keep(again(comment), by=town.worker_two)
    assert (comment.reports_open, comment.state) == (0, "written")
    assert queries.reports_of([comment]) == {}
    with pytest.raises(Refused, match="somebody reported it"):
        actions.keep(comment, by=town.worker)


def test_a_comment_is_hidden_with_a_reason_and_its_writer_hears_of_it(town):
    comment = hidden(town, reported(town))
    assert (comment.state, comment.reason, comment.reports_open) == ("hidden", "Insults or threatens somebody", 0)
    assert heard(town.resident)[0].startswith("Your comment was hidden.")
    assert (str(again(comment)), comment.is_read_by(town.neighbour)) == ("A comment that is hidden", False)
    assert comment.is_read_by(town.resident)
    assert comment.is_read_by(town.worker_two)
    own = written(town, by=town.worker)
    for by in (town.resident, town.worker, town.officer):  # nobody hides their own, and residents nothing
        with pytest.raises(Refused, match="on what others wrote"):
            hidden(town, own, by=by)


def test_another_person_looks_once_more_and_not_the_one_who_hid_it(town):
    comment = asked(town)
    assert heard(town.worker_two)[0] == "Somebody asks for a second look at a hidden comment."
    assert "Somebody asks for a second look at a hidden comment." not in heard(town.worker)
    with pytest.raises(Refused, match="did not hide it"):
        actions.decide(comment, by=town.worker, outcome="stay", words="It stays.")
    stays = actions.decide(comment, by=town.worker_two, outcome="stay", words="It names a neighbour.")
    assert (stays.state, stays.decided_words) == ("hidden", "It names a neighbour.")
    assert "it stays hidden" in heard(town.resident)[0]
    with pytest.raises(Refused, match="nobody looked at it a second time"):
        actions.ask(stays, by=town.resident, words="Please.")
    shown_again = actions.decide(asked(town), by=town.worker_two, outcome="show", words="It is a question.")
    assert (shown_again.state, shown_again.is_readable) == ("shown", True)
    assert "it is shown again" in heard(town.resident)[0]


def test_whoever_hid_it_by_mistake_shows_it_again(town):
    assert actions.show(hidden(town), by=town.worker).state == "shown"
    assert heard(town.resident)[0] == "Your comment is shown again."


def test_hidden_anew_it_may_be_looked_at_anew(town):
    comment = actions.decide(asked(town), by=town.worker_two, outcome="show", words="A question.")
    comment = actions.hide(comment, by=town.worker_two, reason="private", words="A number of a phone.")
    assert (comment.asked_at, comment.decided_by_id) == (None, None)
    assert actions.ask(comment, by=town.resident, words="It is the firm's own.").state == "asked"


def test_without_a_second_look_it_is_shown_after_a_week_unless_that_could_harm_somebody(town):
    advert, insult = asked(town, reason="advert"), asked(town, reason="insult")
    later(days=7, minutes=1)
    assert (again(advert).state, again(insult).state) == ("shown", "asked")
    assert heard(town.resident)[0] == "Your comment is shown again."
    assert heard(town.worker_two)[0] == "A hidden comment still waits for its second look."
    later(days=7, minutes=1)
    assert heard(town.worker_two)[:2].count("A hidden comment still waits for its second look.") == 2


def test_why_it_should_be_shown_is_read_by_its_writer_and_the_desk_alone(town, web):
    comment = actions.ask(hidden(town), by=town.resident, words="My illness is no secret here.")
    comment = actions.decide(comment, by=town.worker_two, outcome="show", words="A question.")
    for viewer, reads in ((None, False), (town.neighbour, False), (town.resident, True), (town.worker, True)):
        page = web(viewer).get(comment.get_absolute_url()).content.decode()
        assert ("My illness" in page) is reads
