"""Call-ups on pages and over the API: each sees what is theirs, and nothing of who reported."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mulin.callups import actions
from mulin.callups.models import CallUp, Custom, Turnout
from mulin.callups.tests.walks import asked, call, organisation, turnout_of
from mulin.cases.tests.factories import make_town
from mulin.kernel import clock
from mulin.kernel.worker import tick
from mulin.territory import actions as territory
from mulin.territory.tests.factories import entrances

WORDS = "The kindergarten's wall is wet and the shop waves it off."


@pytest.fixture
def base(town):
    return f"/{town.community.slug}/callups/"


def text(answer):
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def photo():
    content = BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    return SimpleUploadedFile("p.jpg", content.getvalue(), "image/jpeg")


def test_the_desk_calls_from_the_page_of_a_case(web, town, units, base):
    case, desk = town.report(words=WORDS), web(town.worker)
    new = f"{base}new/?from=cases.case:{case.pk}"
    assert new in text(desk.get(case.get_absolute_url()))
    form = text(desk.get(new))
    assert "Water works" in form
    assert WORDS not in form
    url = desk.post(new, asked(units, case))["Location"]
    page = text(desk.get(url))
    assert "Find it and close it" in page
    assert "Water works" in text(desk.get(case.get_absolute_url()))
    assert desk.post(new, asked(units, case))["Location"] == url  # the second click
    assert CallUp.objects.count() == 1


def test_a_form_that_lacks_something_keeps_what_was_ticked(web, town, units, base):
    answer = web(town.worker).post(f"{base}new/", asked(units, task=""))
    assert answer.status_code == 422
    assert f'value="{units.works.pk}" checked' in answer.content.decode()
    answer = web(town.worker).post(f"{base}new/", asked(units, address=""))
    assert "Say where to come" in answer.content.decode()


def test_a_matter_that_one_may_not_see_is_not_there(web, town, units, base):
    secret = town.report(disclosure="confidential")
    assert web(town.neighbour).get(f"{base}new/?from=cases.case:{secret.pk}").status_code == 404
    assert web(town.worker).get(f"{base}new/?from=cases.case:x").status_code == 404
    answer = web(town.officer).post(f"{base}new/", asked(units, subject="people.person:0"))
    assert answer.status_code == 422


def test_a_unit_sees_the_task_and_never_who_reported(web, town, units):
    case = town.report(words=WORDS, disclosure="confidential")
    callup = call(town, units, subject=case, contact="Zhou at the desk")
    page = text(web(units.contact).get(turnout_of(callup, units.works).get_absolute_url()))
    assert "Find it and close it" in page
    assert "Zhou at the desk" in page
    assert not [word for word in ("Wang", WORDS, case.number) if word in page]
    assert web(units.contact).get(case.get_absolute_url()).status_code == 404


def test_strangers_get_404_and_other_units_only_where_each_stands(web, town, units):
    callup = call(town, units)
    own, other = turnout_of(callup, units.works), turnout_of(callup, units.firm)
    actions.refuse(own, by=units.contact, reason="No pump at all")
    elsewhere = make_town("other")
    for viewer in (town.resident, town.officer, elsewhere.worker, None):
        assert web(viewer).get(callup.get_absolute_url()).status_code == 404
        assert web(viewer).get(own.get_absolute_url()).status_code == 404
        assert web(viewer).post(f"{own.get_absolute_url()}report_in/", {}).status_code == 404
    assert web(units.contact).get(other.get_absolute_url()).status_code == 404
    assert "No pump" in text(web(units.liaison).get(own.get_absolute_url()))  # the unit that leads
    assert "Says it cannot come" in text(web(units.liaison).get(callup.get_absolute_url()))


def test_a_unit_reports_in_with_one_tap(web, town, units, base):
    callup, firm = call(town, units), web(units.liaison)
    url = turnout_of(callup, units.firm).get_absolute_url()
    page = text(firm.get(f"{base}ours/"))
    assert f"{url}report_in/" in page
    assert "Your unit is called" in text(firm.get(f"/{town.community.slug}/"))
    assert firm.post(f"{url}report_in/", {"once": "a", "version": 1}).status_code == 302
    turnout = turnout_of(callup, units.firm)
    assert (turnout.state, turnout.people) == ("reported_in", 1)
    assert firm.post(f"{url}report_in/", {"once": "b", "version": 2}).status_code == 409
    firm.post(f"{url}finish/", {"outcome": "Closed it", "photos": [photo()], "once": "c"})
    page = text(web(town.worker).get(url))
    assert "Closed it" in page
    thumb = page.split('<img class="ml-photo" src="')[1].split('"')[0]
    shown = web(town.worker).get(thumb)
    assert (shown.status_code, b"".join(shown.streaming_content)[:3]) == (200, b"\xff\xd8\xff")
    shown.close()
    assert web(units.contact).get(thumb).status_code == 404
    assert web(town.neighbour).get(thumb).status_code == 404


def test_the_plate_at_the_place_offers_to_report_in_there(web, town, units):
    spot = territory.add_spot(town.community, "Gate", "gate", lon=117.1003, lat=39.1953)
    door = entrances(town.community)[0]
    for place, plate in ((door, "e"), (spot, "s")):
        turnout = turnout_of(call(town, units, place=place), units.firm)
        scanned = web(units.liaison).get(f"/{town.community.slug}/{plate}/{place.code}/", follow=True)
        link = f"{turnout.get_absolute_url()}?code={place.code}"
        assert link in text(scanned)
        assert f'value="{place.code}"' in text(web(units.liaison).get(link))
        assert "Report in here" not in text(
            web(town.resident).get(f"/{town.community.slug}/{plate}/{place.code}/", follow=True)
        )
        web(units.liaison).post(f"{turnout.get_absolute_url()}report_in/", {"code": place.code, "people": 2})
        assert turnout_of(turnout.callup, units.firm).is_on_spot
    wrong = turnout_of(call(town, units, place=spot), units.works)
    answer = web(units.contact).post(f"{wrong.get_absolute_url()}report_in/", {"code": door.code})
    assert (answer.status_code, "another place" in answer.content.decode()) == (422, True)


def test_the_board_is_for_those_who_watch_and_leads_units_to_their_own(web, town, units, base):
    callup = call(town, units)
    call(town, units, by=town.officer, title="Not signed yet")
    actions.report_in(turnout_of(callup, units.works), by=units.contact)
    page = text(web(town.worker).get(base))
    assert page.index("Not signed yet") < page.index("Wet wall at the kindergarten")
    assert "Wet wall" not in text(web(town.worker).get(f"{base}?q=nothing"))
    assert "Water works" not in text(web(town.worker).get(f"{base}?kind=property_firm"))
    clock.advance(timedelta(days=2))
    tick()
    late = text(web(town.worker).get(f"{base}?late=1"))
    assert "Firm" in late
    assert "Water works" not in late.split('class="cu-board"')[1]
    assert web(units.liaison).get(base)["Location"].endswith("/ours/")
    assert "/sign-in/" in web().get(base)["Location"]
    assert "You speak for no unit" in text(web(town.resident).get(f"{base}ours/"))


def test_the_board_tells_what_is_new_and_nothing_while_nothing_happens(web, town, units, base):
    desk = web(town.worker)
    call(town, units)
    page = text(desk.get(base))
    url = page.split('data-live="')[1].split('"')[0].replace("&amp;", "&")
    tag = page.split('data-tag="')[1].split('"')[0].replace("&quot;", '"')
    assert desk.get(url, headers={"If-None-Match": tag}).status_code == 304
    call(town, units, title="Another")
    assert "new" in text(desk.get(url, headers={"If-None-Match": tag}))
    assert desk.get(f"{base}news/?since=x").status_code == 404
    assert web(town.resident).get(url).status_code == 404


def test_the_board_costs_few_statements(web, town, units, base, django_assert_max_num_queries):
    desk = web(town.worker)
    for number in range(12):
        call(town, units, title=f"Matter {number}", lead=None if number % 2 else units.firm)
    with django_assert_max_num_queries(26):
        text(desk.get(base))
    with django_assert_max_num_queries(16):
        text(desk.get(f"{base}all/"))


def test_all_call_ups_are_found_by_words_and_state_and_paged(web, town, units, base):
    desk = web(town.worker)
    for number in range(32):
        call(town, units, title=f"Matter {number:02}")
    first = text(desk.get(f"{base}all/"))
    assert ("Matter 31" in first, "Matter 01" in first) == (True, False)
    further = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Matter 01" in text(desk.get(f"{base}all/{further}"))
    assert "Matter 07" in text(desk.get(f"{base}all/?q=matter+07"))
    assert "Nothing here fits" in text(desk.get(f"{base}all/?state=finished"))
    assert "Matter 31" in text(web(units.contact).get(f"{base}all/?q=Water"))
    assert "Matter" not in text(web(town.resident).get(f"{base}all/")).split("ml-filters")[1]


def test_figures_are_for_those_who_watch_and_for_a_unit_of_itself(web, town, units, base):
    callup = call(town, units)
    actions.report_in(turnout_of(callup, units.firm), by=units.liaison)
    page = text(web(town.worker).get(f"{base}figures/"))
    assert ("Firm" in page, "Water works" in page) == (True, True)
    own = text(web(units.contact).get(f"{base}figures/")).split("</h1>")[1]
    assert (">Firm<" in own, "Water works" in own) == (False, True)
    assert web(town.resident).get(f"{base}figures/").status_code == 404
    table = web(town.worker).get(f"{base}figures.csv").content.decode("utf-8-sig").splitlines()
    assert table[1:] == [
        "Firm,1,1,1,0,0,0,0,–,–",
        "Water works,1,0,0,0,0,0,0,–,–",
    ]
    assert web(town.resident).get(f"{base}figures.csv").status_code == 404


def test_a_name_that_a_spreadsheet_would_run_is_only_text(web, town, units, base):
    call(town, units, organisations=[organisation(town, "=1+1")], lead=None)
    assert "'=1+1" in web(town.worker).get(f"{base}figures.csv").content.decode()


def test_who_keeps_the_settings_chooses_whether_a_second_person_signs(web, town, units, base):
    desk = web(town.worker)
    assert web(town.officer).get(f"{base}settings/").status_code == 404
    assert "second person" in text(desk.get(f"{base}settings/"))
    desk.post(f"{base}settings/", {"asks_second": "on", "report_hours": "8", "done_days": "5"})
    custom = Custom.objects.get()
    assert (custom.asks_second, custom.report_hours, custom.done_days) == (True, 8, 5)
    url = desk.post(f"{base}new/", asked(units))["Location"]
    page = text(desk.get(url))
    assert "Waits to be signed" in page
    assert f"{url}sign_off/" not in page
    assert f"{url}sign_off/" in text(web(town.worker_two).get(url))
    assert web(units.liaison).get(url).status_code == 404


def test_everyone_sees_which_units_are_called_to_a_public_matter(web, town, units):
    case = town.report(words=WORDS)
    callup = call(town, units, subject=case)
    page = text(web().get(case.get_absolute_url()))
    assert "Water works" in page
    assert not [word for word in ("Find it and close it", "Hu Jianjun", WORDS) if word in page]
    actions.call_off(callup, by=town.worker, reason="Not needed")
    assert "Water works" not in text(web().get(case.get_absolute_url()))


def test_the_reporter_follows_the_units_and_says_what_they_think(web, town, units):
    callup = call(town, units, subject=town.report())
    turnout = actions.report_in(turnout_of(callup, units.firm), by=units.liaison, came="Hu Jianjun")
    turnout = actions.finish(turnout, by=units.liaison, outcome="Closed the pipe")
    wang = web(town.resident)
    page = text(wang.get(turnout.get_absolute_url()))
    assert ("Closed the pipe" in page, "Hu Jianjun" in page) == (True, False)
    assert wang.post(f"{turnout.get_absolute_url()}rate/", {"rating": 3, "words": "Dry"}).status_code == 302
    assert Turnout.objects.get(pk=turnout.pk).resident_rating == 3
