"""The kit's tags and forms: dates in words, clocks, chips, the bar that vanishes when empty."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from mulin.kernel import clock
from mulin.web import dates, parts
from mulin.web.forms import Day
from mulin.web.templatetags import web

FRIDAY = datetime(2026, 11, 20, 2, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_friday_in_shanghai():
    clock.set(FRIDAY)
    with timezone.override("Asia/Shanghai"), translation.override("en"):
        yield
    clock.reset()


class Ask(forms.Form):
    words = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "Lamp"), ("b", "Road")])
    grid = forms.ChoiceField(choices=[(str(n), f"Grid {n}") for n in range(9)])
    note = forms.CharField(required=False)


def show(source, **context):
    return Template(source).render(Context(context))


def test_a_moment_is_written_in_the_reader_s_way():
    assert dates.when(FRIDAY) == "Fri 20 Nov 10:05"
    assert dates.day(FRIDAY.replace(year=2025)) == "20 Nov 2025"


@pytest.mark.parametrize(
    ("minutes", "tone", "text"),
    [
        (-40, "over", "40 min over"),
        (80, "soon", "1 h 20 min left"),
        (185, "", "3 h 5 min left"),
        (60 * 74, "", "by Mon 12:05"),
        (-60 * 50, "over", "2 days over"),
    ],
)
def test_a_clock_says_how_long(minutes, tone, text):
    said = parts.clock(FRIDAY + timedelta(minutes=minutes))
    assert f">{text}</time>" in said
    assert f'class="ml-clock{tone and " is-"}{tone}"' in said


def test_what_is_kept_never_lends_its_markup_to_a_text():
    assert parts.badge(SafeString("<i>x</i>")) == '<span class="ml-badge"><i>x</i></span>'
    assert parts.badge("<i>x</i>") == '<span class="ml-badge">&lt;i&gt;x&lt;/i&gt;</span>'


def test_few_choices_are_chips_and_many_are_a_list():
    page = str(Ask())
    assert page.count('type="radio"') == 2
    assert page.count("<select") == 1
    assert "checked" not in page
    assert page.count("optional") == 1


@pytest.mark.parametrize(("empty", "shown"), [("Nobody", "Nobody"), ("—", "Not said"), ("Please choose", "Not said")])
def test_what_it_means_to_choose_nothing_is_said_as_the_field_says_it(empty, shown):
    class Lead(forms.Form):
        unit = forms.ChoiceField(choices=[("", empty), ("a", "A")], required=False)

    assert f">{shown}</label>" in str(Lead())


def test_many_boxes_stand_in_columns():
    class Pick(forms.Form):
        cases = forms.MultipleChoiceField(
            choices=[(str(n), f"Case {n}") for n in range(13)], widget=forms.CheckboxSelectMultiple
        )

    page = str(Pick(initial={"cases": ["3"]}))
    assert page.count('class="form-check-input"') == 13
    assert page.count("checked") == 1
    assert "ml-chip" not in page


def test_a_rating_has_three_moods_and_none_is_chosen():
    class Rate(forms.Form):
        mood = forms.ChoiceField(choices=[("g", "Good"), ("o", "So so"), ("b", "Bad")], template_name="web/rating.html")

    page = str(Rate())
    assert page.count("i-mood-") == 3
    assert "checked" not in page


def test_an_error_is_in_the_summary_and_beside_the_field():
    page = str(Ask({"words": "", "kind": "a", "grid": "1"}))
    assert 'href="#id_words"' in page
    assert 'id="id_words_error"' in page
    assert 'aria-invalid="true"' in page


def test_the_bar_vanishes_when_there_is_no_next_step():
    source = "{% actbar %} {% if go %}<button>Go</button>{% endif %}\n{% endactbar %}"
    assert show(source, go=False) == ""
    assert 'class="ml-act"' in show(source, go=True)


def test_a_state_has_a_tone_from_its_deadline():
    noun = SimpleNamespace(state="held", state_label="Held", due_at=FRIDAY - timedelta(hours=1), flow=())
    assert "is-late" in show("{% state noun %}", noun=noun)


def test_the_expected_move_is_filled_and_few_stand_beside_it():
    moves = [SimpleNamespace(name=f"m{n}", label=f"Move {n}", main=n == 4, second=None) for n in range(7)]
    flow = SimpleNamespace(moves_for=lambda viewer, noun: moves, form=lambda name: None)
    noun = SimpleNamespace(flow=flow, version=1, get_absolute_url=lambda: "/c/1/")
    shared = web.moves({"viewer": None}, noun, without="m0")
    assert shared["expected"]["url"] == "/c/1/m4/"
    assert (len(shared["beside"]), len(shared["rest"])) == (3, 2)


def test_five_tabs_fit_and_the_rest_is_under_more():
    nav = [SimpleNamespace(url=n, main=n == 2, wide=False) for n in range(8)]
    assert web.tabs(nav) == {"shown": nav[:4], "rest": nav[4:]}
    assert web.tabs(nav, "elder")["shown"] == [nav[0], nav[2]]


KEPT = (
    "{% kept name=who.name %}{{ name }},{{ who.phone }},{{ phone }},{% hole %}{{ who.phone }}{% endhole %}{% endkept %}"
)


def test_what_is_kept_knows_nothing_of_a_visit_but_the_values_it_names():
    page = Template(KEPT)

    def shown(name, phone):
        return page.render(Context({"who": {"name": name, "phone": phone}, "phone": phone}))

    assert shown("Wang", "1") == "Wang,,,1"
    assert shown("Wang", "2") == "Wang,,,2"
    assert shown("<b>", "<i>") == "&lt;b&gt;,,,&lt;i&gt;"


def test_what_is_kept_of_safe_markup_is_not_lent_to_a_text():
    page = Template("{% kept name=name %}{{ name }}{% endkept %}")
    assert page.render(Context({"name": SafeString("<i>")})) == "<i>"
    assert page.render(Context({"name": "<i>"})) == "&lt;i&gt;"


@pytest.mark.parametrize("sent", ["\x1f", "a\x1fb\x1f\x1f"])
def test_no_text_can_make_a_hole(sent):
    page = Template("{% kept name=name %}{{ name }},{% hole %}{{ name }}{% endhole %}{% endkept %}")
    assert page.render(Context({"name": sent})) == f"{sent},{sent}"


def test_what_is_kept_is_kept_for_each_language():
    page = Template('{% kept %}{% include "web/empty.html" with text=name %}{% translate "Report" %}{% endkept %}')
    said = set()
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            said.add(page.render(Context({"name": "Wang"})))
    assert len(said) == 2
    assert not any("Wang" in each for each in said)


def test_data_for_scripts_cannot_end_them():
    said = parts.data({"words": "</script><!--&", "late": gettext_lazy("Report")}, "map-data")
    assert said.count("<") == said.count(">") == 2
    assert json.loads(said.partition(">")[2].rpartition("<")[0]) == {"words": "</script><!--&", "late": "Report"}


def test_a_chart_is_a_table_first():
    lines = [{"name": "Reported", "values": [7, None], "texts": ["7", "<5"]}, {"name": "Solved", "values": [6, 9]}]
    chart = {"kind": "line", "head": "Week", "labels": ["1", "2"], "series": lines}
    shown = show('{% include "web/chart.html" with label="Weeks" %}', chart=chart)
    assert '<td class="num">&lt;5</td><td class="num">9</td>' in shown
    assert "data-canvas hidden" in shown
    assert "data-fold hidden" in shown


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "status"), [(True, 200), (False, 404)])
def test_the_page_of_components_is_for_demonstrations(client, settings, demo, status):
    settings.DEMO = demo
    assert client.get("/style/").status_code == status


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_day_stands_in_its_field_as_browsers_read_it_in_every_language(language):
    class Ask(forms.Form):
        on = Day(initial=FRIDAY.date())

    with translation.override(language):
        assert 'value="2026-11-20"' in str(Ask()["on"])
