"""Suggestions on pages: before a report is sent, and beside a case for those who handle it."""

import re

import pytest
from django.urls import reverse

from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.cases.tests.browsing import shown, told
from mulin.learning import actions
from mulin.territory.tests.factories import entrances

from .lessons import settled


def later(go, case, by):
    """What comes beside a case's page once it stands."""
    return shown(go("beside", case.pk, "side", by=by))


def test_what_is_suggested_is_a_chip_to_tap_and_nothing_is_chosen(go, client, town):
    settled(town)
    actions.learn(town.community)
    client.cookies["language"] = "en"
    url = reverse("cases:report", args=[town.community.slug])
    page = shown(client.post(url, told(town, words="路灯杆断了", checked="yes"), headers={"HX-Request": "true"}))
    assert "Perhaps one of these?" in page
    assert "because of: 路灯" in page
    chip = re.search(r'<input type="radio" name="guess" value="lamp"[^>]*>', page)[0]
    assert "checked" not in chip
    page = shown(client.post(url, told(town, words="路灯杆断了", guess="lamp"), headers={"HX-Request": "true"}))
    assert "checked" in re.search(r'<input type="radio" name="guess" value="lamp"[^>]*>', page)[0]
    # What was tapped stays, whatever is written then.
    page = shown(client.post(url, told(town, words="垃圾", guess="lamp"), headers={"HX-Request": "true"}))
    assert "checked" in re.search(r'<input type="radio" name="guess" value="lamp"[^>]*>', page)[0]


def test_a_place_named_in_the_words_is_tapped_and_sent(go, town):
    door = entrances(town.community)[0]
    words = f"{door.building.number}号楼{door.name}的灯不亮"
    page = shown(go("report", by=town.resident, data=told(town, e="", words=words)))
    assert f'name="at" value="{door.code}"' in page
    assert "Tell where it is" in page
    assert go("report", by=town.resident, data=told(town, e="", words=words, at=door.code)).status_code == 302
    assert Case.objects.get().entrance == door


@pytest.mark.parametrize("at", ["nonsense", "1,2,3", ",", "NaN,NaN", "999,999", "117.1,nowhere"])
def test_a_place_that_is_none_is_said_and_nothing_is_sent(go, town, at):
    assert go("report", by=town.resident, data=told(town, e="", at=at)).status_code == 422
    assert not Case.objects.exists()


def test_without_scripts_what_is_alike_stands_in_a_second_step_with_what_is_alike(go, town):
    town.report(category=town.category("stair_light"))
    page = shown(go("report", by=town.resident, data=told(town)))
    assert "This may have been reported already" in page
    assert "same entrance, the same day" in page


def test_the_desk_merges_with_what_is_alike_and_reads_both_histories(go, town):
    one, other = town.report(), town.report(by=town.neighbour, words="三楼的灯不亮，摸黑下楼")
    page = later(go, other, town.worker)
    assert "Similar cases" in page
    merge = re.search(r'href="([^"]+/merge/\?into=[^"]+)"', page)[1]
    assert one.number in merge
    form = shown(go("move", other.pk, "merge", by=town.worker, into=one.number))
    assert f'value="{one.number}"' in form
    go("move", other.pk, "merge", by=town.worker, data={"into": one.number})
    page = shown(go("detail", one.pk, by=town.worker))
    assert "Merged into this one" in page
    assert "摸黑下楼" in page
    assert "Its own history" in page
    outside = shown(go("detail", one.pk, by=town.person("Gu", "gu")))
    assert other.number in outside
    assert "摸黑下楼" not in outside


def test_a_resident_is_shown_no_panel_of_those_who_handle_it(go, town):
    town.report()
    mine = town.report()
    page = shown(go("detail", mine.pk, by=town.resident))
    assert "Similar cases" not in page
    assert "Answered before" not in page


def test_another_category_is_suggested_and_one_tap_opens_the_form_with_it(go, town):
    case = town.report(words="井盖松动，没盖好", category=town.category("lamp"))
    page = later(go, case, town.worker)
    assert "Perhaps rather this?" in page
    assert "correct/?category=manhole" in page
    form = shown(go("move", case.pk, "correct", by=town.worker, category="manhole"))
    assert re.search(r'<option value="manhole" selected', form)
    assert Case.objects.get().category.key == "lamp"
    right = town.report(words="井盖松动，没盖好", category=town.category("manhole"))
    assert "Perhaps rather this?" not in later(go, right, town.worker)


def test_an_answer_given_before_is_taken_over_into_the_form(go, town):
    settled(town)
    actions.learn(town.community)
    case = cases.accept(town.report(words="路灯不亮", category=town.category("lamp")), by=town.worker)
    page = later(go, case, town.worker)
    assert "Answered before" in page
    assert "换了灯头" in page
    form = shown(go("move", case.pk, "solve", by=town.worker, remedy="换了灯头", cause="灯头进水"))
    assert re.search(r"<textarea[^>]*>\s*换了灯头</textarea>", form)
    assert "Take it over" in form


def test_an_address_fills_in_no_more_than_words(go, town):
    case = cases.accept(town.report(), by=town.worker)
    form = go(
        "move", case.pk, "solve", by=town.worker, remedy="<script>x</script>", photos="x", version="9", nonsense="y"
    )
    assert form.status_code == 200
    assert "<script>x" not in form.content.decode()
