"""Panels that stand beside a noun."""

import pytest
from django.template import engines

from mulin.kernel.viewer import NOBODY
from mulin.web import beside


@pytest.fixture
def page(rf, monkeypatch):
    monkeypatch.setattr(beside, "_stands", type(beside._stands)(list))
    request = rf.get("/")
    request.viewer = NOBODY

    def show(written, noun="a thing"):
        return engines["django"].from_string(written).render({"noun": noun}, request)

    return show


class Thing:
    def get_absolute_url(self):
        return "/things/1/"


def told(words, order=50):
    return lambda request, noun: beside.Panel("web/notice.html", {"tone": "slate", "text": words}, order)


def test_panels_stand_in_their_order(page):
    beside.stand_beside("things.thing", told("second", 60))
    beside.stand_beside("things.thing", told("first", 10))
    said = page('{% beside noun "things.thing" %}')
    assert said.index("first") < said.index("second")


def test_a_maker_that_gives_nothing_leaves_nothing(page):
    beside.stand_beside("things.thing", lambda request, noun: None)
    assert page('{% beside noun "things.thing" %}') == ""


def test_a_panel_stands_where_it_was_put_and_only_there(page):
    beside.stand_beside("things.thing", told("here"), "main")
    side, main = page('{% beside noun "things.thing" %}|{% beside noun "things.thing" "main" %}').split("|")
    assert "here" not in side
    assert "here" in main


def test_what_takes_long_comes_later_and_not_at_once(page):
    beside.stand_beside("things.thing", told("slow"), later=lambda viewer, noun: True)
    at_once = page('{% beside noun "things.thing" %}', Thing())
    assert "slow" not in at_once
    assert 'hx-get="/things/1/beside/side/"' in at_once
    assert "slow" in page('{% beside noun "things.thing" "side" True %}', Thing())


def test_who_gets_nothing_later_is_not_made_to_ask(page):
    beside.stand_beside("things.thing", told("slow"), later=lambda viewer, noun: viewer is not NOBODY)
    assert page('{% beside noun "things.thing" %}{% beside noun "things.thing" "side" True %}', Thing()) == ""
