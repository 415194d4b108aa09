"""What a community's cases taught is suggested, with the words that speak for it, and nothing of a few people's."""

import zlib
from datetime import timedelta

import pytest

from mulin.cases import actions as cases
from mulin.cases import queries as case_queries
from mulin.kernel import clock
from mulin.kernel.worker import do_chores
from mulin.learning import actions, queries
from mulin.learning.models import Lesson
from mulin.people import actions as people
from mulin.territory.tests.factories import entrances

from .lessons import BINS, LAMP, settled, solve


def first(town, text):
    return queries.suggest(town.community.pk, text)[0]


def stored(town):
    return zlib.decompress(bytes(Lesson.objects.get(community=town.community).body)).decode(errors="ignore")


def test_rule_words_speak_while_there_is_nothing_to_learn_from(town):
    found = first(town, "三楼的路灯不亮")
    assert found.category.key == "lamp"
    assert {"路灯", "不亮"} <= set(found.words)
    assert "路灯" in found.why
    assert queries.suggest(town.community.pk, "今天天气很好") == []


def test_words_that_no_rule_knows_are_learnt(town):
    assert not [each for each in queries.suggest(town.community.pk, "小路上走路害怕") if each.category.key == "lamp"]
    settled(town, lamps=[f"小路太黑{end}" for end in ("", "，害怕", "，请来看", "，走不了", "，怕摔", "，绊倒人")])
    actions.learn(town.community)
    found = first(town, "小路黑得很")
    assert found.category.key == "lamp"
    assert any(word in ("小路", "黑", "太黑", "路") for word in found.words)


def test_what_was_chosen_in_the_end_is_what_is_learnt(town):
    for case in settled(town, bins=["墙角有蜂窝"] * 6):
        if "蜂窝" in case.words:
            cases.correct(case, by=town.worker, category=town.category("noise"))
    actions.learn(town.community)
    assert first(town, "树上有蜂窝").category.key == "noise"


@pytest.mark.parametrize("disclosure", ["confidential"])
def test_confidential_cases_teach_nothing(town, disclosure):
    settled(town, disclosure=disclosure)
    assert actions.learn(town.community).cases == 0
    assert "路灯" not in stored(town)


def test_household_matters_teach_nothing(town):
    for number in range(4):
        case = town.report(
            by=town.person(f"N {number}", f"n{number}"), words="和邻居吵架", category=town.category("dispute")
        )
        solve(town, case)
    assert actions.learn(town.community).cases == 0


def test_what_nobody_has_looked_at_and_what_was_withdrawn_teach_nothing(town):
    for number in range(12):
        case = town.report(by=town.person(f"N {number}", f"n{number}"), words="路灯不亮")
        if number % 2:
            cases.withdraw(case, by=people_viewer(town, case))
    assert actions.learn(town.community).cases == 0


def people_viewer(town, case):
    from mulin.people.queries import viewer_of

    return viewer_of(case.reporter)


def test_words_of_one_person_are_not_kept_however_often_they_were_said(town):
    chatty = town.person("Gu", "gu")
    settled(town)
    for _time in range(6):
        solve(town, town.report(by=chatty, words="喇叭花又被踩了", category=town.category("lamp")))
    actions.learn(town.community)
    assert "喇叭" not in stored(town)


def test_names_and_numbers_are_not_kept(town):
    people.add_person(by=town.worker, community=town.community, name="王桂兰")
    ends = ("", "，电话13900001234", "，3栋1201室", "，快来", "，谢谢", "，急")
    settled(town, lamps=[f"王桂兰门口的路灯不亮{end}" for end in ends])
    actions.learn(town.community)
    kept = stored(town)
    assert "路灯" in kept
    assert not any(word in kept for word in ("桂兰", "王桂", "1390", "1201"))


def test_the_same_cases_teach_nothing_new_and_other_ones_do(town):
    settled(town)
    assert actions.learn(town.community).is_new
    body = bytes(Lesson.objects.get().body)
    assert not actions.learn(town.community).is_new
    solve(town, town.report(words="路灯又不亮"))
    assert actions.learn(town.community).is_new
    assert bytes(Lesson.objects.get().body) != body
    assert Lesson.objects.count() == 1


def test_the_worker_learns_at_night_and_once(town, monkeypatch):
    settled(town)
    do_chores()
    lesson = Lesson.objects.get()
    assert lesson.cases == len(LAMP) + len(BINS)
    learnt = []
    monkeypatch.setattr(actions, "learn", learnt.append)
    actions.learn_at_night()
    assert learnt == []
    clock.advance(Lesson.objects.get().looked_at - clock.now() + timedelta(hours=61))
    actions.learn_at_night()
    assert learnt == [town.community]


# ---- where ----


def at(town, text):
    return [(each.kind, str(each.place)) for each in queries.somewhere(town.community, text)]


def test_a_house_and_its_door_are_understood(town):
    door = entrances(town.community)[1]
    number = door.name.rstrip("门")
    assert at(town, f"我家{door.building.number}号楼{number}单元的灯不亮") == [("entrance", str(door))]
    assert at(town, f"{door.building.number}号楼的灯不亮")[0][0] in ("entrance", "building")


@pytest.mark.parametrize(
    "text", ["3楼的灯不亮", "三楼的灯", "99号楼的灯不亮", "", "灯" * 100_000, "\x00", "12号楼" * 5000]
)
def test_a_floor_is_no_house_and_anything_may_be_written(town, text):
    assert not [kind for kind, name in at(town, text) if "1号楼" not in name]


def test_where_such_words_were_reported_before_is_suggested(town):
    settled(town)
    actions.learn(town.community)
    door = entrances(town.community)[1]
    [found] = queries.somewhere(town.community, "垃圾没人管")
    assert (found.place, found.at) == (door, door.code)
    assert "垃圾" in found.why


# ---- answered before ----


def test_answers_to_the_same_kind_are_offered_without_names(town):
    people.add_person(by=town.worker, community=town.community, name="王桂兰")
    settled(town)
    solve(town, town.report(words="路灯不亮", category=town.category("lamp")), remedy="和王桂兰说好了，换了灯杆")
    actions.learn(town.community)
    case = town.report(words="路灯杆倒了", category=town.category("lamp"))
    answers = queries.answers_for(case, "solve")
    assert answers[0].words == "和…说好了，换了灯杆"
    assert (answers[1].words, answers[1].times) == ("换了灯头", 6)
    other = town.report(words="路灯杆倒了", category=town.category("manhole"))
    assert queries.answers_for(other, "solve") == []


def test_questions_asked_before_are_offered(town):
    settled(town)
    case = cases.accept(town.report(words="路灯不亮", category=town.category("lamp")), by=town.worker)
    cases.ask(case, by=town.worker, words="是哪一盏灯？")
    actions.learn(town.community)
    assert [each.words for each in queries.answers_for(case, "ask")] == ["是哪一盏灯？"]


def test_a_tree_without_that_category_suggests_what_is_left(town):
    settled(town)
    actions.learn(town.community)
    row = town.category("overflow")
    row.is_active = False
    row.save()
    case_queries.forget_categories()
    assert "overflow" not in {each.category.key for each in queries.suggest(town.community.pk, "垃圾桶满了")}
