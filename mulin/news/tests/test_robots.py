"""Robots in group chats: what they say, where they can lead, and what happens when nobody takes it."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
import requests
from django.core import mail

from mulin.cases import actions as cases
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import do_chores, drain
from mulin.news import actions, figures
from mulin.news.forms import Add
from mulin.news.models import Message, Notification, Robot
from mulin.wire import calls

CODE = "693a91f6-7d2a-4bc4-97a0-0ec2a1fa5aaa"


@pytest.fixture
def outside(monkeypatch):
    """Stand for the services: keep what was posted, answer with a status."""
    posted, answers = [], []

    def post(self, method, url, **asked):
        posted.append((url, asked))
        response = requests.Response()
        response.status_code = answers[0] if answers else 200
        response._content = b'{"errcode":0}'
        return response

    monkeypatch.setattr(requests.Session, "request", post)
    monkeypatch.setattr(calls.socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("203.119.1.1", 443))])
    monkeypatch.setattr(calls, "is_public", lambda address: True)
    return posted, answers


def add(town, **fields):
    given = {"name": "第一网格工作群", "service": "wecom", "address": CODE, "events": ["cases.case.report"], **fields}
    return actions.add(by=town.worker, community=town.community, **given)


def said(posted):
    return "\n".join(str(asked.get("data") or asked.get("json")) for _url, asked in posted)


def words(posted):
    return [json.loads(asked["data"])["text"]["content"] for _url, asked in posted]


def later(by=timedelta(seconds=6)):
    clock.set(clock.now() + by)
    return actions.say_due()


def test_a_group_hears_number_category_grid_and_link_and_nothing_else(town, outside):
    posted, _answers = outside
    add(town)
    assert later() == 1  # the trial
    posted.clear()
    case, other = town.report(), town.report(words="王老师家的门坏了")
    drain()
    assert later() == 2
    (text,) = words(posted)  # what comes together is said together
    assert posted[0][0].startswith("https://qyapi.weixin.qq.com/")
    for each in (case, other):
        assert each.number in text
        assert each.get_absolute_url() in text
        assert each.words not in text
    assert "王" not in text
    assert "Wang" not in text


def test_what_is_not_public_and_what_was_not_chosen_stays_out(town, outside):
    posted, _answers = outside
    add(town)
    later()
    posted.clear()
    case = town.report(disclosure="confidential")
    cases.accept(case, by=town.officer)
    drain()
    later()
    assert case.is_public or not posted


def test_a_group_that_cannot_be_reached_is_left_alone_and_its_owner_told(town, outside):
    posted, answers = outside
    answers.append(500)
    robot = add(town)
    for _try in range(figures.TRIES):
        later(timedelta(days=1, minutes=11))
    robot.refresh_from_db()
    assert (robot.state, Message.objects.get().state) == ("paused", "failed")
    drain()
    assert Notification.objects.filter(account=town.worker.account_id, kind="news.robot").exists()
    assert len(posted) == figures.TRIES


def test_redirects_are_not_followed_and_an_address_within_is_refused(town, outside, monkeypatch):
    posted, _answers = outside
    add(town)
    later()
    assert posted[0][1]["allow_redirects"] is False
    assert posted[0][1]["verify"] is True
    posted.clear()
    monkeypatch.setattr(calls, "is_public", lambda address: False)
    town.report()
    drain()
    assert later() == 0
    assert not posted


@pytest.mark.parametrize(
    ("service", "address", "good"),
    [
        ("wecom", f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={CODE}", True),
        ("wecom", CODE, True),
        ("wecom", f"https://127.0.0.1/cgi-bin/webhook/send?key={CODE}", False),
        ("wecom", f"https://qyapi.weixin.qq.com@127.0.0.1/?key={CODE}", False),
        ("wecom", f"{CODE}/../../x", False),
        ("wecom", f"{CODE}?verify=no&redirect=yes", False),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=" + "a1" * 32, True),
        ("feishu", f"https://open.feishu.cn/open-apis/bot/v2/hook/{CODE}", True),
        ("feishu", f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={CODE}", False),
        ("mail", "group@baocui.test", True),
        ("mail", "json://127.0.0.1/@x.y", False),
    ],
)
def test_only_an_address_of_the_service_itself_is_taken(town, service, address, good):
    form = Add(
        {"name": "x", "service": service, "address": address, "events": ["cases.case.report"]},
        noun=Robot(community=town.community), by=town.worker,
    )  # fmt: skip
    assert form.is_valid() == good, form.errors
    if good:
        assert "/" not in form.cleaned_data["address"]


@pytest.mark.parametrize("service", ["wecom", "dingtalk", "feishu"])
def test_every_service_is_told_at_its_own_host(town, outside, service):
    posted, _answers = outside
    add(town, service=service, address="a1" * 32 if service == "dingtalk" else CODE, secret="")
    assert later() == 1
    assert posted[0][0].split("/")[2] == figures.SERVICES[service].host


def test_a_list_by_mail_is_a_group_too(town):
    add(town, service="mail", address="group@baocui.test")
    assert later() == 1
    assert [each.to for each in mail.outbox] == [["group@baocui.test"]]


def test_the_address_is_told_once_only_and_forgotten_in_the_end(town, client, go, here):
    robot = add(town)
    with pytest.raises(Refused):
        add(town)
    assert CODE not in go(here("robot", robot.pk), by=town.worker).content.decode()
    shown = client.get(f"/api/v1/{town.community.slug}/robots/{robot.pk}").json()
    assert CODE not in json.dumps(shown)
    actions.end(robot, by=town.worker)
    assert CODE not in Robot.objects.get().address


def test_the_desk_adds_tries_and_removes_a_robot_and_nobody_else_sees_it(town, go, here, client):
    sent = {"name": "群", "service": "mail", "address": "group@baocui.test", "events": ["cases.case.report"]}
    assert go(here("robots"), by=town.resident).status_code == 404
    assert go(here("robot_add"), by=town.resident).status_code in (403, 404)
    assert b"No group is told anything yet" in go(here("robots"), by=town.worker).content
    assert b"What the group hears" in go(here("robot_add"), by=town.worker).content
    assert go(here("robot_add"), by=town.worker, data={**sent, "address": "no"}).status_code == 422
    assert go(here("robot_add"), by=town.worker, data=sent).status_code == 302
    robot = Robot.objects.get()
    assert go(here("robot", robot.pk), by=town.resident).status_code == 404
    assert go(f"{robot.get_absolute_url()}ping/", by=town.worker, data={"version": robot.version}).status_code == 302
    assert Message.objects.filter(verb="ping").count() == 2
    assert b"Trial message" in go(here("robot", robot.pk), by=town.worker).content
    assert go(f"{robot.get_absolute_url()}end/", by=town.worker, data={"version": robot.version + 1}).status_code == 302
    assert b"Removed" in go(f"{here('robots')}?show=ended", by=town.worker).content


def test_a_robot_ends_by_itself_after_a_year_unless_it_is_kept(town):
    robot = add(town, service="mail", address="group@baocui.test")
    clock.set(clock.now() + timedelta(days=300))
    actions.extend(robot, by=town.worker)
    clock.set(clock.now() + timedelta(days=300))
    drain()
    robot.refresh_from_db()
    assert robot.state == "active"
    clock.set(clock.now() + timedelta(days=66))
    drain()
    robot.refresh_from_db()
    assert robot.state == "ended"
    do_chores()


def test_apprise_is_not_loaded_at_the_start():
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'mulin.config.settings'; import django; "
        "django.setup(); import mulin.config.urls; sys.exit('apprise' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
