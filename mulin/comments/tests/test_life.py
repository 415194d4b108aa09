"""The life of a comment: written, set right, hidden with a reason, looked at twice, withdrawn; and cooling-offs."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from mulin.cases.tests.factories import make_town
from mulin.comments import actions, queries
from mulin.comments.figures import GROUNDS, MOST_AN_HOUR, Ground
from mulin.comments.models import Comment, Pause, Report
from mulin.comments.tests.walks import WORDS, again, asked, cooled, hidden, incident, later, reported, written
from mulin.incidents import actions as incidents
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY
from mulin.kernel.worker import drain
from mulin.news.queries import notifications, shown
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.people.queries import load_viewer, viewer_of
from mulin.privacy.queries import known


def heard(viewer):
    """List what someone was told of comments, in words."""
    drain()
    rows = [row for row in notifications(viewer) if row.kind == "comments.comment"]
    return [words for _row, _card, words in shown(rows, viewer)]


# ---- writing ----


def test_a_comment_is_changed_within_a_quarter_of_an_hour_and_added_to_later(town):
    comment = actions.change(written(town), by=town.resident, words="Why was the firm paid at all?")
    assert (comment.words, comment.changed_at) == ("Why was the firm paid at all?", clock.now())
    with pytest.raises(Refused, match="quarter of an hour is over"):
        actions.add(comment, by=town.resident, words="And by whom?")
    clock.advance(timedelta(minutes=15))
    with pytest.raises(Refused, match="later you can add something"):
        actions.change(comment, by=town.resident, words="No matter.")
    comment = actions.add(comment, by=town.resident, words="And by whom?")
    assert (comment.words, comment.addition) == ("Why was the firm paid at all?", "And by whom?")
    with pytest.raises(Refused, match="nothing was added yet"):
        actions.add(comment, by=town.resident, words="Once more.")


def test_nobody_changes_or_withdraws_what_another_wrote(town):
    comment = written(town)
    for name, more in (("change", {"words": "x"}), ("withdraw", {}), ("ask", {"words": "x"})):
        for by in (town.neighbour, town.worker, NOBODY):
            with pytest.raises(Refused):
                getattr(actions, name)(comment, by=by, **more)
    assert again(comment).words == WORDS


def test_answers_stand_one_level_deep_and_on_the_same_matter(town):
    above = written(town)
    answer = written(town, above.subject, town.neighbour, "It was not.", answers=above)
    assert answer.answers_id == above.pk
    with pytest.raises(Refused, match="one level deep"):
        written(town, above.subject, answers=answer)
    with pytest.raises(Refused, match="is not there") as error:
        written(town, incident(town), answers=above)
    assert error.value.status == 404
    with pytest.raises(Refused, match="not shown any more"):
        written(town, above.subject, answers=actions.withdraw(above, by=town.resident))


def test_the_eleventh_comment_within_an_hour_waits_and_says_until_when(town):
    on = incident(town)
    for _each in range(MOST_AN_HOUR):
        written(town, on)
        clock.advance(timedelta(minutes=1))
    with pytest.raises(Refused, match="you can write again at Mon 23 Nov 10:00") as error:
        written(town, on)
    assert error.value.status == 429
    written(town, on, by=town.neighbour)
    clock.advance(timedelta(minutes=51))
    written(town, on)


def test_only_who_belongs_here_writes_and_only_where_it_may_be(town, monkeypatch):
    on, stranger = incident(town), make_town("other")
    visitor = load_viewer(stranger.resident.account_id, town.community)
    for by in (NOBODY, visitor, stranger.resident):
        with pytest.raises(Refused, match="Who can do this: residents"):
            written(town, on, by=by)
    with pytest.raises(Refused, match="nothing here that can be commented") as error:
        written(town, town.report())
    assert error.value.status == 404
    with pytest.raises(Refused, match="nothing here"):
        actions.write(by=town.resident, community=town.community, on=incident(stranger), words=WORDS)
    monkeypatch.setitem(GROUNDS, "incidents.incident", Ground(is_open=lambda noun: False))
    with pytest.raises(Refused, match="discussion is closed"):
        written(town, on)


def test_a_matter_that_is_over_is_discussed_for_two_weeks_more(town):
    on = incident(town)
    incidents.end(on, by=town.worker, lesson="The box is new.")
    clock.advance(timedelta(days=13))
    written(town, on)
    clock.advance(timedelta(days=1))
    with pytest.raises(Refused, match="discussion is closed"):
        written(town, on)


def test_a_package_may_narrow_who_writes(town, monkeypatch):
    from mulin.comments.rules import keeps_pages

    monkeypatch.setitem(GROUNDS, "incidents.incident", Ground(who=keeps_pages))
    with pytest.raises(Refused, match="Who can do this"):
        written(town)
    assert written(town, by=town.worker).pk


def test_nobody_under_fourteen_shows_a_name_here(town):
    on, child = incident(town), Person.objects.get(pk=town.resident.person_id)
    with monkey_born(child, date(2014, 1, 1)), pytest.raises(Refused, match="Names are shown from fourteen on"):
        written(town, on)
    assert not Comment.objects.exists()


class monkey_born:
    """Set a day of birth that no action takes for whoever has an account."""

    def __init__(self, person, day):
        self.person, self.day = person, day

    def __enter__(self):
        from mulin.kernel.models import engine_writes

        self.token = engine_writes.set(True)
        self.person.born_on = self.day.isoformat()
        self.person.save()
        engine_writes.reset(self.token)

    def __exit__(self, *_error):
        pass


def test_whoever_speaks_for_a_unit_may_say_so_and_nobody_else(town):
    person = Person.objects.get(pk=town.neighbour.person_id)
    unit = people.add_organisation(by=SYSTEM, community=town.community, kind="firm", name="Lift Ltd", contact=person)
    comment = written(town, by=town.neighbour, words="We come on Monday.", unit=unit)
    assert comment.unit == unit
    with pytest.raises(Refused, match="whoever speaks for the unit"):
        written(town, comment.subject, unit=unit)


# ---- withdrawing and erasing ----


@pytest.mark.parametrize("begun", [written, hidden, asked, reported])
def test_withdrawn_its_words_are_erased_and_a_line_stays(town, begun):
    comment = actions.withdraw(begun(town), by=town.resident)
    row = Comment.objects.values().get()
    assert (row["words"], row["addition"], row["asked_words"], row["hidden_words"]) == ("", "", "", "")
    assert not Report.objects.exists()
    assert (str(again(comment)), again(comment).name_for(town.neighbour)) == ("A comment, withdrawn by its writer", "")
    bodies = "".join(Detail.objects.filter(noun_id=comment.pk).values_list("body", flat=True))
    assert not any(words in bodies for words in (WORDS, "I only asked", "It calls", "rude"))


def test_the_words_of_somebody_who_is_forgotten_are_erased_with_their_name(town):
    comment, other = written(town), written(town, by=town.neighbour)
    person = Person.objects.get(pk=town.resident.person_id)
    people.forget(person, by=SYSTEM) if person.kind == "guest" else actions.erase(comment, by=SYSTEM)
    comment = again(comment)
    assert (comment.words, comment.writer_id, comment.state) == ("", None, "withdrawn")
    assert again(other).words == WORDS


def test_a_reader_follows_whoever_is_forgotten(town):
    from mulin.comments.readers import writer_forgotten
    from mulin.kernel.readers import Heard

    comment = written(town)
    line = Heard(
        town.community.pk,
        1,
        "people.person",
        town.resident.person_id,
        "forget",
        "system",
        clock.now(),
        "here",
        "left",
        {},
    )
    writer_forgotten(line)
    writer_forgotten(line)
    assert again(comment).writer_id is None


# ---- cooling-offs ----


def test_a_discussion_cools_off_for_all_alike_and_opens_by_itself(town):
    pause = cooled(town, hours=24)
    for by in (town.resident, town.worker):
        with pytest.raises(Refused, match="cools off until Tue 24 Nov 09:00"):
            written(town, pause.subject, by=by)
    written(town, incident(town))  # others go on
    with pytest.raises(Refused, match="cools off already"):
        cooled(town, pause.subject)
    clock.advance(timedelta(hours=24))
    written(town, pause.subject)  # also before the clock came by
    later(minutes=1)
    assert again(pause).state == "over"


def test_it_is_opened_earlier_by_those_who_keep_the_pages(town):
    pause = cooled(town)
    with pytest.raises(Refused, match="whoever keeps the community's pages"):
        actions.lift(pause, by=town.resident)
    actions.lift(pause, by=town.worker_two)
    written(town, pause.subject)
    assert cooled(town, pause.subject).state == "running"


def test_a_new_one_may_begin_where_the_clock_did_not_come_by(town):
    pause = cooled(town, hours=1)
    clock.advance(timedelta(hours=2))
    assert cooled(town, pause.subject).pk != pause.pk
    assert Pause.objects.filter(state="running").count() == 1
    with pytest.raises(Refused, match="whoever keeps"):
        actions.cool(by=town.officer, community=town.community, on=incident(town), reason="heated", words="x", hours=1)


def test_the_database_keeps_one_cooling_off_and_no_comment_without_words(town):
    from mulin.kernel.models import engine_writes

    pause, comment = cooled(town), written(town)
    token = engine_writes.set(True)
    try:
        for change in (lambda: Comment.objects.filter(pk=comment.pk).update(words=""), lambda: doubled(pause)):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
    finally:
        engine_writes.reset(token)


def doubled(pause):
    values = {
        field.attname: getattr(pause, field.attname) for field in Pause._meta.concrete_fields if field.name != "id"
    }
    Pause.objects.bulk_create([Pause(**values)])


# ---- who hears, what is known ----


def test_owners_hear_of_a_comment_and_whoever_is_answered_of_the_answer(town):
    above = written(town)
    assert heard(town.worker) == ["There is a comment on something of yours."]
    written(town, above.subject, town.neighbour, "It was not.", answers=above)
    assert heard(town.resident) == ["Somebody answered your comment."]
    assert heard(town.neighbour) == []
    own = written(town, above.subject, town.worker, "We look into it.")
    assert len(heard(town.worker)) == 2  # not of one's own
    assert own.pk


def test_what_someone_wrote_is_told_to_them_and_goes_over_when_entries_are_joined(town):
    comment = hidden(town)
    told = {model: [row.text for row in rows] for model, _title, rows in known(town.resident.account_id)}
    assert told["comments.Comment"] == [WORDS]
    cooled(town, comment.subject)
    of_worker = {model: [row.text for row in rows] for model, _title, rows in known(town.worker.account_id)}
    assert of_worker["comments.Comment"] == ["Hidden"]
    assert of_worker["comments.Pause"] == ["Cooling-off: It has become too heated"]
    twin = people.add_person(by=SYSTEM, community=town.community, name="Wang", phone="13900000001")
    own = Person.objects.get(pk=town.resident.person_id)
    people.join(own, twin, reason="proved")
    assert again(comment).writer == twin
    assert queries.how_many(town.community, "incidents.incident", [comment.subject_id]) == {}
    assert viewer_of(twin).person_id == twin.pk
