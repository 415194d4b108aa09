"""From "the lamp is out" to "yes, it is fixed", with the eyes and fingers of the people concerned."""

import re

import pytest

from tests.browser.town import HOME

LAMP = "三楼的灯一直不亮，晚上看不清台阶。"


@pytest.mark.story("E1")
@pytest.mark.parametrize(("device", "language"), [("phone", "zh"), ("desktop", "en")])
def test_a_resident_reports_the_officer_solves_and_the_resident_confirms(visit, photo, device, language):
    resident, officer = visit("resident", device, language=language), visit("officer", device, language=language)
    case = resident.report(LAMP, photo=photo, house={"phone": 1, "desktop": 6}[device])
    officer.go(case)
    officer.move("accept")
    officer.move("solve", cause="灯头进水", remedy="换了灯头，重新接了线", photos=photo)
    resident.go(case)
    assert resident.sees("灯头进水")
    assert resident.sees("换了灯头")
    assert resident.page.locator("img.ml-photo").count() >= 2
    confirm = resident.page.locator("form#confirm")
    resident.write(confirm, rating="3", words="谢谢")
    with resident.page.expect_navigation():
        resident.page.locator("form#confirm button:visible, button[form=confirm]:visible").first.click()
    assert resident.page.locator("form#confirm").count() == 0
    assert resident.sees({"zh": "已结单", "en": "Closed"}[language])


@pytest.mark.story("E1")
def test_everything_important_works_without_scripts(visit, photo):
    resident, officer = (visit(who, java_script_enabled=False) for who in ("resident", "officer"))
    case = resident.report("门口的路灯坏了，要换灯泡", house=2, photo=photo)
    resident.go(case)
    assert resident.page.locator("img.ml-photo").count() == 1
    officer.go(case)
    officer.move("accept")
    officer.move("note", words="下午带梯子来", audience="reporter")
    officer.move("solve", cause="灯泡烧了", remedy="换了灯泡")
    resident.go(case)
    assert resident.sees("下午带梯子来")
    resident.write(resident.page.locator("form#confirm"), rating="2")
    resident.page.locator("form#confirm button:visible, button[form=confirm]:visible").first.click()
    assert resident.sees("Closed")


@pytest.mark.story("E1")
def test_a_guest_sees_the_code_once_and_follows_with_it_elsewhere(visit):
    guest, elsewhere = visit(), visit(device="desktop")
    case = guest.report("单元门关不上，风一吹就响")
    code = guest.page.locator(".ml-code b").inner_text()
    number = re.search(r"B-\d{4}-\d{5}", guest.page.locator(".ml-code").inner_text()).group()
    guest.page.reload()
    assert not guest.sees(code)
    elsewhere.go(case)
    assert not elsewhere.sees("单元门关不上")
    elsewhere.go(f"{HOME}cases/follow/?number={number}")
    form = elsewhere.page.locator("main form")
    elsewhere.write(form, code="WRONG234")
    form.locator("button").click()
    assert elsewhere.sees("do not fit together")
    elsewhere.write(form, code=code)
    form.locator("button").click()
    elsewhere.page.wait_for_url(f"**{case}")
    assert elsewhere.sees("单元门关不上")


def test_a_double_click_makes_one_case(visit, town):
    resident = visit("resident")
    words = "健身器材的螺丝松了，双击一次"
    resident.go(f"{HOME}e/{town.code(3)}/")
    resident.write(resident.page.locator("#report"), words=words)
    with resident.page.expect_navigation():
        resident.page.locator("button[form=report]").dblclick()
    if "/sent/" not in resident.page.url:  # something like it is open nearby: the page asks once
        resident.page.locator("#report .ml-same button:not([formaction])").dblclick()
    resident.page.wait_for_url("**/report/sent/**")
    assert len(town.rows("select id from cases_case where happened_at > datetime('now', '-1 minute')"
                         " and search like '%双击%'")) == 1  # fmt: skip


def test_a_form_sent_again_after_going_back_makes_no_second_case(visit, town):
    resident = visit("resident", java_script_enabled=False)
    resident.go(f"{HOME}e/{town.code(3)}/")
    resident.write(resident.page.locator("#report"), words="自行车棚漏雨，寄了两次")
    resident.send()
    assert "/sent/" in resident.page.url
    resident.page.go_back()
    resident.send()
    assert "/sent/" in resident.page.url or resident.sees("may have been reported already")
    assert len(town.rows("select id from cases_case where search like '%寄%两次%'")) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("big.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 30_000_000), ("really-a.jpg", b"PK\x03\x04" + b"\0" * 3000)],
    ids=["30 MB", "zip"],
)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_photo_that_is_none_is_refused_with_a_sentence_and_the_words_stay(visit, town, name, content, scripts,
                                                                            tmp_path):  # fmt: skip
    resident = visit("resident", java_script_enabled=scripts)
    (tmp_path / name).write_bytes(content)
    resident.go(f"{HOME}e/{town.code(4)}/")
    words = "雨水管接头漏水，滴在窗台上"
    resident.page.locator("[name=words]").fill(words)
    resident.page.locator("[name=photos]").set_input_files(tmp_path / name)
    if not (scripts and name == "big.jpg"):
        resident.send()
    sentence = "too big" if name == "big.jpg" else "not a photo"
    resident.page.get_by_text(re.compile(sentence)).first.wait_for()
    assert resident.page.locator("[name=words]").input_value() == words
    assert "/sent/" not in resident.page.url
