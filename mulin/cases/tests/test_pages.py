"""What the pages of one case show, and to whom: reporting it, reading it, moving it."""

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mulin.cases import actions
from mulin.cases.models import Case
from mulin.kernel import clock
from mulin.people.models import AccessLine
from mulin.people.queries import load_viewer
from mulin.territory.queries import forget_communities
from mulin.territory.tests.factories import entrances

from .browsing import WORDS, go, shown, solved, told
from .factories import make_town, town

__all__ = ["go", "town"]
MONDAY = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


@pytest.fixture(autouse=True)
def monday(db):
    clock.set(MONDAY)


def test_a_report_goes_from_the_form_to_the_page_with_its_number(go, town):
    response = go("report", by=town.resident, data=told(town))
    case = Case.objects.get()
    assert response["Location"].endswith(f"/report/sent/{case.pk}/")
    assert (case.category.key, str(case.entrance)) == ("lamp", "1号楼 1门")
    page = shown(go("sent", case.pk, by=town.resident))
    assert case.number in page
    assert "Mon 23 Nov 09:30" in page


def test_a_second_click_reports_nothing_twice(go, town):
    first, again = (go("report", by=town.resident, data=told(town)) for _ in range(2))
    assert Case.objects.count() == 1
    assert first["Location"] == again["Location"]


def test_what_was_typed_stays_when_something_is_missing(go, town):
    response = go("report", by=town.resident, data=told(town, e="", contact_phone="139 1234"))
    page = shown(response)
    assert response.status_code == 422
    assert WORDS in page
    assert "139 1234" in page
    assert "Tell where it is" in page


def test_the_code_at_the_door_names_the_place(go, town):
    assert "1号楼 1门" in shown(go("report", e=entrances(town.community)[0].code))


def test_a_similar_case_is_shown_before_sending_and_another_matter_is_sent(go, town):
    town.report(category=town.category("lamp"))
    response = go("report", by=town.neighbour, data=told(town))
    assert "This may have been reported already" in shown(response)
    assert Case.objects.count() == 1
    assert go("report", by=town.neighbour, data=told(town, checked="yes")).status_code == 302
    assert Case.objects.count() == 2


def test_the_guess_comes_back_alone_for_htmx(client, town):
    url = reverse("cases:report", args=[town.community.slug])
    page = shown(client.post(url, told(town), headers={"HX-Request": "true"}))
    assert 'value="lamp"' in page
    assert "<html" not in page
    assert not Case.objects.exists()


def test_the_list_wins_over_the_guess_and_the_map_over_the_plate(go, town):
    lon, lat = town.where(1).lon, town.where(1).lat
    go("report", by=town.resident, data=told(town, guess="lamp", category="manhole", lon=lon, lat=lat))
    case = Case.objects.get()
    assert (case.category.key, case.lon) == ("manhole", lon)


def test_an_unnamed_reporter_gets_the_code_once_and_this_browser_follows(go, client, town):
    response = go("report", data=told(town, disclosure="anonymous"))
    case = Case.objects.get()
    first = shown(client.get(response["Location"]))
    code = re.search(r'translate="no">([A-Z2-9]{4} [A-Z2-9]{4})<', first)[1]
    assert "Your secret code" not in shown(client.get(response["Location"]))
    assert WORDS[:6] in shown(go("detail", case.pk))
    client.cookies.clear()
    assert WORDS[:6] not in shown(go("detail", case.pk))
    assert go("follow", data={"number": case.number, "code": code.lower()}).status_code == 302
    assert WORDS[:6] in shown(go("detail", case.pk))


def test_unknown_number_and_wrong_code_get_the_same_answer(go, town):
    case = town.report(disclosure="anonymous", by=viewer_of_nobody(town))
    wrong = go("follow", data={"number": case.number, "code": "AAAA AAAA"})
    unknown = go("follow", data={"number": "B-2026-99999", "code": "AAAA AAAA"})
    words = "Number and code do not fit together"
    assert [words in shown(page) for page in (wrong, unknown)] == [True, True]
    assert wrong.status_code == unknown.status_code == 422


def viewer_of_nobody(town):
    return load_viewer(None, town.community)


def test_a_worker_who_reports_for_someone_gets_the_code_but_does_not_become_the_reporter(go, client, town):
    data = told(town, behalf="on", contact_name="赵奶奶", contact_phone="13912345678")
    response = go("report", by=town.officer, data=data)
    assert "Your secret code" in shown(client.get(response["Location"]))
    assert "holds" not in client.cookies


def test_only_staff_may_report_for_someone_else(go, town):
    assert "behalf" not in shown(go("report", by=town.resident))
    assert "behalf" in shown(go("report", by=town.officer))


def test_outsiders_read_no_words_no_photos_and_no_names(go, town):
    case = solved(town, photos=[])
    page = shown(go("detail", case.pk, by=town.neighbour))
    assert "Chen" not in page
    assert "换了灯泡" not in page
    assert "楼道的灯不亮" not in page
    assert "It was solved" in page


def test_what_may_not_be_seen_does_not_exist(go, town):
    case = town.report(disclosure="confidential")
    assert go("detail", case.pk, by=town.neighbour).status_code == 404
    assert go("detail", case.pk).status_code == 404
    assert go("detail", case.pk, by=town.resident).status_code == 200


def test_the_reporter_reads_who_did_what_and_is_asked_with_nothing_chosen(go, town):
    page = shown(go("detail", solved(town).pk, by=town.resident))
    assert "Grid officer Chen solved it" in page
    assert "You reported this" in page
    assert "换了灯泡" in page
    moods = re.search(r'<div class="ml-moods">.*?</div>', page)[0]
    assert moods.count("radio") == 3
    assert "checked" not in moods


def test_confirming_closes_and_a_missing_mood_keeps_the_words(go, town):
    case = solved(town)
    kept = go("move", case.pk, "confirm", by=town.resident, data={"words": "很快"})
    assert kept.status_code == 422
    assert "很快" in shown(kept)
    assert go("move", case.pk, "confirm", by=town.resident, data={"rating": "3"}).status_code == 302
    assert "pleased" in shown(go("detail", case.pk, by=town.resident))


def test_a_question_is_answered_on_the_page(go, town):
    case = actions.ask(actions.accept(town.report(), by=town.officer), by=town.officer, words="几楼？")
    page = shown(go("detail", case.pk, by=town.resident))
    assert "几楼？" in page
    assert "Clock stopped" in page
    go("move", case.pk, "reply", by=town.resident, data={"words": "三楼"})
    assert "三楼" in shown(go("detail", case.pk, by=town.officer))


def test_a_word_to_the_handlers_is_not_shown_to_the_reporter_but_the_step_is(go, town):
    case = actions.assign(town.report(), by=town.worker, post=town.officer_post, words="先放临时灯")
    page = shown(go("detail", case.pk, by=town.resident))
    assert "assigned it" in page
    assert "先放临时灯" not in page
    assert "先放临时灯" in shown(go("detail", case.pk, by=town.officer))


def test_a_phone_number_is_shown_once_for_a_reason_that_the_reporter_reads(go, town):
    case = town.report(contact_phone="+8613912345678")
    assert "5678" in shown(go("detail", case.pk, by=town.officer))
    assert "13912345678" not in shown(go("detail", case.pk, by=town.officer))
    assert go("contact", case.pk, by=town.officer, data={"reason": " "}).status_code == 422
    assert "13912345678" in shown(go("contact", case.pk, by=town.officer, data={"reason": "约时间"}))
    page = shown(go("detail", case.pk, by=town.resident))
    assert "约时间" in page
    assert AccessLine.objects.get(what="contact").viewer_name == "Chen"
    assert go("contact", case.pk, by=town.neighbour, data={"reason": "x"}).status_code == 403


def test_a_second_person_agrees_on_the_page(go, town):
    case = actions.refuse(town.report(), by=town.worker, why="not_ours", words="归电力公司")
    assert "归电力公司" not in shown(go("detail", case.pk, by=town.neighbour))
    assert "/refuse/agree/" not in shown(go("detail", case.pk, by=town.worker))
    assert "/refuse/agree/" in shown(go("detail", case.pk, by=town.worker_two))
    go("agree", case.pk, "refuse", by=town.worker_two, data={"agree": "yes"})
    assert Case.objects.get().state == "refused"


def test_whoever_passes_a_case_on_lands_in_the_queue(go, town):
    case = town.report(disclosure="confidential")
    response = go("move", case.pk, "pass_up", by=town.officer, data={"reason": "要开会"})
    assert response["Location"].endswith("/cases/queue/")


def test_photos_stay_with_those_who_may_read_everything(go, town):
    photo = SimpleUploadedFile("a.png", picture(), "image/png")
    response = go("report", by=town.resident, data=told(town, photos=photo))
    assert response.status_code == 302
    case = Case.objects.get()
    address = re.search(r'href="([^"]+/full/)"', shown(go("detail", case.pk, by=town.officer)))[1]
    key = address.split("/")[-3]
    served = go("photo", case.pk, key, "thumb", by=town.officer)
    assert served["Content-Type"] == "image/jpeg"
    served.close()
    assert go("photo", case.pk, key, "full", by=town.neighbour).status_code == 404
    assert go("photo", town.report().pk, key, "full", by=town.officer).status_code == 404


def picture():
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (640, 480), "green").save(out, "PNG")
    return out.getvalue()


def test_another_community_s_case_is_not_here(client, town):
    other = make_town("lane", letter="L")
    case = other.report()
    assert client.get(reverse("cases:detail", args=[town.community.slug, case.pk])).status_code == 404


def test_me_too_from_the_report_page_needs_nothing_else(go, town):
    case = town.report(category=town.category("lamp"))
    assert f'formaction="/baocui/cases/{case.pk}/me_too/"' in shown(go("report", by=town.neighbour, data=told(town)))
    assert go("move", case.pk, "me_too", by=town.neighbour, data=told(town)).status_code == 302
    assert Case.objects.get().met_by == 1


def test_a_community_may_ask_to_sign_in_before_reporting(client, db):
    town = make_town("lane", letter="L")
    type(town.community).objects.filter(pk=town.community.pk).update(anonymous_allowed=False)
    forget_communities()
    client.cookies["language"] = "en"
    data = told(town, disclosure="anonymous")
    page = shown(client.post(reverse("cases:report", args=["lane"]), data))
    assert "asks you to sign in before you report" in page
    assert WORDS in page
