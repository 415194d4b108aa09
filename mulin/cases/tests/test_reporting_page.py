"""What comes back with the report page: what to do first, and the photos that were chosen."""

import re
from contextlib import closing
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mulin.cases import actions
from mulin.cases.models import Case
from mulin.cases.pages import reporting
from mulin.kernel import clock
from mulin.territory.queries import forget_communities
from mulin.uploads.files import photos_of

from .browsing import go, shown, told
from .factories import town

__all__ = ["go", "town"]
GAS = "厨房有煤气味"


@pytest.fixture(autouse=True)
def monday(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))


def photo(colour="red"):
    out = BytesIO()
    Image.new("RGB", (90, 60), colour).save(out, "JPEG")
    return SimpleUploadedFile("stairs.jpg", out.getvalue(), "image/jpeg")


def kept(response):
    return re.findall(r'name="kept" value="([^"]+)" checked', shown(response))


@pytest.mark.parametrize("chosen", [{"words": GAS}, {"category": "gas_smell"}, {"guess": "gas_smell"}])
def test_what_to_do_first_is_read_before_it_is_sent(go, town, chosen):
    response = go("report", by=town.resident, data=told(town, **chosen))
    page = shown(response)
    assert response.status_code == 422
    assert re.search(r'role="note".*Go outside first, then call the gas emergency line or 119', page)
    assert not Case.objects.exists()
    warned = re.search(r'name="warned" value="([^"]+)"', page)[1]
    response = go("report", by=town.resident, data=told(town, **chosen, warned=warned))
    case = Case.objects.get()
    assert case.category.key == "gas_smell"
    assert "Go outside first" in shown(go("sent", case.pk, by=town.resident))


def test_what_to_do_first_is_read_once_for_each_kind(go, town):
    response = go("report", by=town.resident, data=told(town, category="gas_smell", warned="wires"))
    assert response.status_code == 422
    assert go("report", by=town.resident, data=told(town, category="lamp")).status_code == 302


def test_htmx_shows_it_as_soon_as_the_words_tell(client, town):
    url = reverse("cases:report", args=[town.community.slug])
    client.cookies["language"] = "zh-hans"
    page = shown(client.post(url, told(town, words=GAS), headers={"HX-Request": "true"}))
    assert re.search(r'role="note".*先离开现场', page)
    assert 'name="warned" value="gas_smell"' in page


def test_a_guest_s_address_does_not_ask_for_guesses_without_end(client, town, settings, monkeypatch):
    settings.RATE_LIMITS = True
    monkeypatch.setattr(reporting, "GUEST_GUESSES", 2)
    url = reverse("cases:report", args=[town.community.slug])
    answers = [client.post(url, told(town), headers={"HX-Request": "true"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_photos_come_back_with_the_form_and_are_sent_with_it(go, town):
    response = go("report", by=town.resident, data=told(town, e="", photos=[photo(), photo("blue")]))
    assert response.status_code == 422
    tokens = kept(response)
    assert len(tokens) == 2
    assert "choose the missing ones again" not in shown(response)
    with closing(go("waiting", tokens[0])) as shown_photo:
        assert shown_photo.headers["Content-Type"] == "image/jpeg"
    go("report", by=town.resident, data=told(town, kept=tokens[:1], photos=[photo("green")]))
    assert len(photos_of(Case.objects.get())) == 2
    assert go("waiting", tokens[0]).status_code == 404


def test_photos_wait_through_several_errors(go, town):
    tokens = kept(go("report", by=town.resident, data=told(town, e="", photos=[photo()])))
    again = go("report", by=town.resident, data=told(town, e="", kept=tokens, photos=[photo("blue")]))
    assert len(kept(again)) == 2
    assert kept(again)[0] == tokens[0]


def test_six_photos_are_six_with_those_that_wait(go, town):
    tokens = kept(go("report", by=town.resident, data=told(town, e="", photos=[photo() for _ in range(6)])))
    response = go("report", by=town.resident, data=told(town, kept=tokens, photos=[photo()]))
    assert response.status_code == 422
    assert len(kept(response)) == 6
    assert 'type="file"' not in shown(response)


def test_a_photo_that_could_not_wait_is_asked_for_again(go, town):
    broken = SimpleUploadedFile("stairs.jpg", b"no photo", "image/jpeg")
    assert "choose the missing ones again" in shown(go("report", by=town.resident, data=told(town, photos=[broken])))
    late = go("report", by=town.resident, data=told(town, e="", kept=["of-another-day"]))
    assert "choose the missing ones again" in shown(late)


def test_a_waiting_photo_needs_its_token_and_waits_an_hour(go, town, monkeypatch):
    (token,) = kept(go("report", by=town.resident, data=told(town, e="", photos=[photo()])))
    assert go("waiting", token[:-1]).status_code == 404
    later = signing.time.time() + timedelta(hours=2).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert go("waiting", token).status_code == 404


def test_photos_of_a_move_come_back_with_its_form_and_are_sent_with_it(go, town):
    case = actions.accept(town.report(), by=town.officer)
    half = {"cause": "灯泡坏了", "photos": [photo(), photo("blue")]}
    response = go("move", case.pk, "solve", by=town.officer, data=half)
    assert response.status_code == 422
    tokens = kept(response)
    assert len(tokens) == 2
    with closing(go("waiting", tokens[0])) as waits:
        assert waits["Content-Type"] == "image/jpeg"
    again = go("move", case.pk, "solve", by=town.officer, data={"kept": ["of-another-day", tokens[1]]})
    assert kept(again) == tokens[1:]
    assert "choose the missing ones again" in shown(again)
    whole = {"cause": "灯泡坏了", "remedy": "换了灯泡", "kept": tokens[:1], "photos": [photo("green")]}
    assert go("move", case.pk, "solve", by=town.officer, data=whole).status_code == 302
    assert [row.stage for row in photos_of(Case.objects.get())] == ["solve", "solve"]


def test_a_guest_is_not_asked_who_sees_it(go, town):
    page = shown(go("report"))
    assert "sent without a name" in page
    assert 'type="radio" name="disclosure"' not in page
    assert 'type="radio" name="disclosure"' in shown(go("report", by=town.resident))


def test_a_guest_hears_at_once_that_one_has_to_sign_in(client, town):
    type(town.community).objects.filter(pk=town.community.pk).update(anonymous_allowed=False)
    forget_communities()
    client.cookies["language"] = "en"
    page = shown(client.get(reverse("cases:report", args=[town.community.slug])))
    assert "asks you to sign in before you report" in page
    assert "sent without a name" not in page
