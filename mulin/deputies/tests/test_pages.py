"""Suggestions on pages and over the API: each sees what is theirs, and nobody whose case is whose."""

from datetime import timedelta

from mulin.cases.tests.callers import Caller
from mulin.cases.tests.factories import make_town
from mulin.deputies import actions
from mulin.deputies.models import CoSigner, Suggestion
from mulin.deputies.tests.walks import GIVEN, main, text
from mulin.kernel import clock
from mulin.kernel.models import Link
from mulin.kernel.worker import drain
from mulin.news.queries import notifications
from mulin.people.actions import join
from mulin.people.models import Person

# ---- writing and bringing ----


def test_a_deputy_brings_a_case_as_a_suggestion(web, town, office, base):
    case, deputy = town.report(), web(office.deputy)
    new = f"{base}new/?case={case.pk}"
    assert new in text(deputy.get(case.get_absolute_url()))
    assert case.number in main(deputy.get(new))
    made = deputy.post(new, {**GIVEN, "cases": case.number, "department": office.roads.pk, "once": "a"})
    assert (
        deputy.post(new, {**GIVEN, "cases": case.number, "department": office.roads.pk, "once": "a"}).status_code == 302
    )
    suggestion = Suggestion.objects.get()
    assert made["Location"] == suggestion.get_absolute_url()
    assert "nobody but you can see it" in main(deputy.get(made["Location"]))
    assert deputy.post(f"{made['Location']}bring/", {"once": "b"}).status_code == 302
    assert "A suggestion came of this" in text(web(town.worker).get(case.get_absolute_url()))


def test_who_is_no_deputy_finds_no_way_to_write_one(web, town, office, base):
    case = town.report()
    for viewer in (town.resident, town.worker, None):
        assert web(viewer).get(f"{base}new/").status_code == 404
        assert "deputies/new/" not in text(web(viewer).get(case.get_absolute_url()))


def test_a_number_that_is_no_case_here_is_named(web, town, office, base):
    secret = town.report(disclosure="confidential")
    answer = web(office.deputy).post(f"{base}new/", {**GIVEN, "cases": f"{secret.number} B-1"})
    assert answer.status_code == 422
    assert f"There is no such case here: {secret.number}, B-1." in answer.content.decode()
    assert GIVEN["matter"] in answer.content.decode()
    assert web(office.deputy).get(f"{base}new/?case={secret.pk}").status_code == 404


def test_a_draft_is_changed_and_begins_with_what_stands_there(web, town, office):
    case = town.report()
    draft, deputy = office.draft(cases=[case]), web(office.deputy)
    page = text(deputy.get(f"{draft.get_absolute_url()}correct/"))
    assert case.number in page
    sent = {**GIVEN, "title": "A zebra crossing", "cases": "", "version": draft.version}
    assert deputy.post(f"{draft.get_absolute_url()}correct/", sent).status_code == 302
    assert Suggestion.objects.get().title == "A zebra crossing"
    assert not Link.objects.filter(target_id=draft.pk).exists()


# ---- who sees what ----


def test_a_draft_is_not_there_for_anybody_else(web, town, office, base):
    draft = office.draft()
    elsewhere = make_town("other")
    for viewer in (office.other, office.contact, town.worker, town.resident, elsewhere.worker, None):
        assert web(viewer).get(draft.get_absolute_url()).status_code == 404
        assert web(viewer).post(f"{draft.get_absolute_url()}bring/", {}).status_code == 404
        assert (
            Caller(town, viewer if viewer is not elsewhere.worker else None).get("/suggestions").json()["items"] == []
        )
    assert draft.title not in text(web().get(base))


def test_what_is_brought_the_desk_and_deputies_read_and_nobody_else_before_it_is_handed_on(web, town, office):
    brought = office.brought()
    url = brought.get_absolute_url()
    for viewer in (town.worker, office.other, office.deputy):
        assert brought.matter in text(web(viewer).get(url))
    for viewer in (town.resident, office.contact, town.officer, None):
        assert web(viewer).get(url).status_code == 404
    actions.hand_on(brought, by=town.worker, department=office.roads)
    assert brought.matter in text(web().get(url))


def test_a_confidential_case_is_shown_to_nobody_who_may_not_see_it(web, town, office, base):
    own = town.report(by=office.deputy, disclosure="confidential", words="My neighbour's door.")
    open_case = town.report()
    suggestion = actions.hand_on(
        office.brought(cases=[own, open_case]), by=town.worker, department=office.roads
    )  # fmt: skip
    assert Link.objects.filter(target_id=suggestion.pk).count() == 2
    url = suggestion.get_absolute_url()
    for viewer in (town.resident, office.contact, office.other, None):
        page = main(web(viewer).get(url))
        assert (own.number in page, str(own.pk) in page, open_case.number in page) == (False, False, True)
        answer = Caller(town, viewer).get(f"/suggestions/{suggestion.pk}/course").json()
        assert answer["cases"] == [open_case.number]
        assert own.number not in Caller(town, viewer).get(f"/suggestions/{suggestion.pk}").content.decode()
    assert own.number in main(web(town.worker).get(url))  # the desk reads it anyway
    assert own.number not in web().get(f"{base}suggestions.csv").content.decode()


def test_the_reporter_of_a_linked_case_hears_of_it_and_others_do_not(town, office):
    case = town.report()
    suggestion = office.brought(cases=[case])
    drain()

    def verbs(viewer):
        drain()
        rows = notifications(viewer).filter(kind="deputies.suggestion")
        return set(rows.values_list("verb", flat=True))

    assert verbs(town.resident) == set()
    suggestion = actions.hand_on(suggestion, by=town.worker, department=office.roads)
    office.answered(suggestion=actions.receive(suggestion, by=office.contact))
    assert verbs(town.resident) == {"hand_on", "answer"}
    assert verbs(town.neighbour) == set()
    assert verbs(office.deputy) == {"hand_on", "receive", "answer"}


# ---- the way to an answer ----


def test_each_finds_what_waits_for_them_on_one_page(web, town, office, base):
    brought = office.brought(title="Brought")
    office.handed(title="Handed on")
    office.answered(suggestion=office.in_hand(title="Answered one"))
    desk, unit, deputy, other = (main(web(each).get(f"{base}mine/")) for each in (
        town.worker, office.contact, office.deputy, office.other
    ))  # fmt: skip
    assert "To hand on" in desk
    assert brought.title in desk
    assert "To take on, or to hand back" in unit
    assert "your word is asked for" in deputy
    assert "to sign if you wish" in other
    assert "Nothing waits for you here" in main(web(town.resident).get(f"{base}mine/"))
    assert "/sign-in/" in web().get(f"{base}mine/")["Location"]
    assert "Deputies&#x27; suggestions" in text(web(office.contact).get(f"/{town.community.slug}/"))


def test_a_department_answers_from_its_page_and_everyone_reads_it(web, town, office):
    suggestion = office.in_hand()
    url, unit = suggestion.get_absolute_url(), web(office.contact)
    sent = {"text": "The lights stand in spring.", "klass": "B", "signed": "Roads, Sun", "once": "a"}
    answer = unit.post(f"{url}answer/", sent)
    assert (answer.status_code, "say by which day" in answer.content.decode()) == (422, True)
    assert unit.post(f"{url}answer/", {**sent, "promised_on": "2027-04-01", "once": "b"}).status_code == 302
    page = main(web().get(url))
    assert ("The lights stand in spring." in page, "Roads, Sun" in page, "Planned" in page) == (True, True, True)
    deputy = web(office.deputy)
    assert deputy.post(f"{url}judge/", {"judgement": "2", "words": "Late, but good"}).status_code == 302
    assert "Late, but good" in main(web().get(url))


def test_the_page_tells_every_step_with_what_was_said(web, town, office):
    suggestion = actions.hand_back(office.handed(), by=office.contact, reason="The hedge is in the way")
    suggestion = actions.hand_on(suggestion, by=town.worker, department=office.roads)
    suggestion = actions.receive(suggestion, by=office.contact)
    actions.report_on(suggestion, by=office.contact, words="Poles are ordered")
    page = main(web().get(suggestion.get_absolute_url())).split("Every step")[1]
    steps = ["Poles are ordered", "took it on", "Handed back", "The hedge is in the way", "Brought"]
    assert [page.index(step) for step in steps] == sorted(page.index(step) for step in steps)


def test_longer_time_is_asked_and_agreed_on_the_page(web, town, office, base):
    suggestion = office.in_hand()
    url = suggestion.get_absolute_url()
    web(office.contact).post(f"{url}extend/", {"reason": "The district owns the road", "once": "a"})
    page = main(web(town.worker).get(url))
    assert ("The district owns the road" in page, f"{url}extend/agree/" in page) == (True, True)
    assert "The district owns the road" not in main(web().get(url))
    assert "Longer time asked for" in main(web(town.worker).get(f"{base}mine/"))
    web(town.worker).post(f"{url}extend/agree/", {"agree": "yes"})
    assert "The district owns the road" in main(web().get(url))


# ---- people ----


def test_a_deputy_entered_twice_takes_suggestions_along(town, office):
    suggestion = office.handed()
    twin = Person.objects.get(pk=town.person("Fang", "fang2").person_id)
    actions.co_sign(suggestion, by=office.other)
    clock.advance(timedelta(minutes=1))
    gone = Person.objects.get(pk=office.other.person_id)
    assert CoSigner.objects.get().person == gone
    assert (twin.name, gone.name) == ("Fang", "Fang")
    join(twin, gone)
    assert CoSigner.objects.get().person == gone
