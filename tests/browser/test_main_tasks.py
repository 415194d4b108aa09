"""What each role comes for, with their eyes and fingers: on a phone and at a desk, in both languages."""

import re
from uuid import UUID

import pytest

from tests.browser.test_accessibility import check
from tests.browser.town import HOME

BOTH = pytest.mark.parametrize(("device", "language"), [("phone", "zh"), ("desktop", "en")])
TAKE_PART = f"{HOME}take-part/"
MEDIATOR = "ma@demo.mulin"
COUNT = "select count(*) from people_person"
HELD = """select p.id, t.id from people_term t join people_post p on p.id = t.post_id join people_postkind k
    on k.id = p.kind_id where t.state = 'held' and k.key = 'building_lead' order by t.id desc"""
PHONES = {"马秀英": "13900000063", "程国栋": "13900000009"}
OF = "account_id = (select id from people_account where email = '{}')"


def sent(visitor, form):
    """Press the last button of a form, and wait for the page that answers."""
    with visitor.page.expect_navigation():
        form.locator("button:visible").last.click()


def main_form(visitor):
    return visitor.page.locator("main form[method=post]").last


@BOTH
def test_a_resident_says_where_they_live(visit, device, language):
    resident = visit("resident", device, language=language)
    resident.go(f"{HOME}households/mine/")
    resident.page.locator("a[href$='/households/declare/']").first.click()
    resident.page.wait_for_url("**/declare/")
    form = main_form(resident)
    building = form.locator("[name=building]")
    building.select_option(index={"phone": 3, "desktop": 4}[device])
    resident.write(form, entrance="1门", door="202", relation="other")
    sent(resident, form)
    assert resident.page.url.endswith("/households/mine/") or "/members/" in resident.page.url
    resident.go(f"{HOME}households/mine/")
    assert resident.sees("202")


@BOTH
def test_a_resident_takes_a_claim_on_and_takes_a_sign_down(visit, device, language):
    worker, resident = visit("worker", "desktop", language=language), visit("resident", device, language=language)
    title = f"花坛守护人，{device}"
    worker.go(f"{TAKE_PART}claims/new/")
    worker.write(main_form(worker), title=title, term_days="180")
    sent(worker, main_form(worker))
    resident.go(f"{TAKE_PART}claims/")
    resident.page.get_by_role("link", name=title).first.click()
    resident.page.wait_for_url("**/claims/*-*/")
    claim = resident.page.url.removeprefix(resident.town.address)
    resident.move("claim")
    resident.go(claim)
    assert resident.page.locator("form[action$='/claim/']").count() == 0
    resident.go(TAKE_PART)
    assert resident.sees(title)

    resident.go(f"{TAKE_PART}signs/new/")
    form = main_form(resident)
    form.locator("[name=kind]").select_option(index=2)
    form.locator("[name=scope]").first.check()
    form.locator("[name=on_page]").check()
    sent(resident, form)
    resident.go(TAKE_PART)
    signs = resident.page.locator("form[action$='/take_down/']")
    before = signs.count()
    assert before
    sent(resident, signs.last)
    resident.go(TAKE_PART)
    assert signs.count() == before - 1


@BOTH
def test_the_officer_takes_on_what_came_and_solves_it(visit, device, language):
    resident, officer = visit("resident"), visit("officer", device, language=language)
    case = resident.report(f"单元门的闭门器漏油了，{device}", house=2)
    officer.go(f"{HOME}cases/queue/")
    officer.page.locator(f"main a[href='{case}']").first.click()
    officer.page.wait_for_url(f"**{case}")
    officer.move("accept")
    officer.move("solve", cause="油封老化", remedy="换了闭门器")
    assert officer.sees({"zh": "办好了", "en": "Solved"}[language])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_worker_brings_a_table_in_after_trying_it(visit, town, language):
    worker = visit("worker", "desktop", language=language)
    row = {"zh": "郝试一,13911110001", "en": "郝试二,13911110002"}[language]
    table = {"name": "people.csv", "mimeType": "text/csv", "buffer": f"姓名,手机号\n{row}\n".encode()}
    known = town.rows(COUNT)
    worker.go(f"{HOME}import/")
    worker.page.locator("a[href$='/import/persons/']").click()
    worker.page.locator("[name=file]").set_input_files(table)
    sent(worker, worker.page.locator("form[enctype]"))
    bring = worker.page.locator("form[action$='/bring/']")
    assert town.rows(COUNT) == known
    sent(worker, bring)
    assert town.rows(COUNT)[0][0] == known[0][0] + 1


def test_the_worker_opens_a_post_and_the_auditor_who_took_it_reads_who_looked(visit, town):
    worker, auditor = visit("worker", "desktop"), visit(MEDIATOR, language="zh")
    worker.go(f"{HOME}people/posts/new/")
    kind = str(town.rows("select id from people_postkind where key = 'auditor'")[0][0])
    form = main_form(worker)
    value = form.locator("[name=kind] option").evaluate_all(
        "(all, kind) => all.map(e => e.value).find(value => value.replaceAll('-', '') === kind)", kind
    )
    worker.write(form, kind=value)
    sent(worker, form)
    assert re.search(r"/people/posts/[0-9a-f-]+/$", worker.page.url)
    worker.page.locator("a[href$='/offer/']").first.click()
    worker.page.wait_for_url("**/offer/")
    worker.write(main_form(worker), name="马秀英", phone=PHONES["马秀英"])
    sent(worker, main_form(worker))

    auditor.go(f"{HOME}people/")
    sent(auditor, auditor.page.locator("form[action$='/accept/']"))
    worker.go(f"{HOME}people/persons/{town.one('people_person', OF.format('wang@demo.mulin'))}/")
    auditor.go(f"{HOME}consents/audit/")
    assert auditor.sees("周敏")
    found = check(auditor.page, "phone", "desktop")
    assert not found, found


def test_the_secretary_hands_a_post_over(visit, town):
    secretary = visit("secretary", "desktop", language="zh")
    post, term = (UUID(each) for each in town.rows(HELD)[0])
    secretary.go(f"{HOME}people/posts/{post}/")
    secretary.page.locator(f"a[href$='/terms/{term}/hand_over/']").click()
    secretary.page.wait_for_url("**/hand_over/")
    form = main_form(secretary)
    secretary.write(form, name="程国栋", phone=PHONES["程国栋"])
    sent(secretary, form)
    secretary.go(f"{HOME}people/posts/{post}/")
    assert secretary.sees("程国栋")


@BOTH
def test_the_subdistrict_goes_from_the_overview_into_a_community(visit, device, language):
    above = visit("subdistrict", device, language=language)
    above.go("/overview/")
    above.page.locator(f"main a[href^='{HOME}overview/']").first.click()
    above.page.wait_for_url(f"**{HOME}overview/**")
    assert above.page.locator("[aria-current=page]:visible").count() == 1
