"""Those who handle cases: the queue, assigning, merging, refusing with a second person, notes, two at one case."""

import pytest

from tests.browser.town import HOME


@pytest.mark.parametrize(("who", "device"), [("officer", "phone"), ("worker", "desktop")])
def test_what_is_due_first_stands_first(visit, town, who, device):
    visitor = visit(who, device)
    visitor.go(f"{HOME}cases/queue/?tab=hand" if who == "worker" else f"{HOME}cases/queue/")
    rows = visitor.page.locator(".ml-worktable a.ml-what, .ml-sel h2 a, .ml-list a.ml-row[href*='/cases/']")
    paths = list(dict.fromkeys(rows.evaluate_all("all => all.map(a => a.pathname)")))
    assert paths
    due = dict(town.rows("select id, due_at from cases_case"))
    shown = [due[path.rstrip("/").rpartition("/")[2].replace("-", "")] or "9" for path in paths]
    # At a desk the chosen case stands again beside the table; it was dropped as a double above.
    assert shown == sorted(shown)


def test_the_worker_assigns_merges_and_refuses_with_a_second_person(visit, town):
    resident, worker, secretary = visit("resident"), visit("worker", "desktop"), visit("secretary", "desktop")
    first, second = (resident.report(words, house=9) for words in ("花坛的砖掉了三块", "花坛掉砖，还是那个花坛"))
    third = resident.report("想请社区帮忙买一辆自行车", house=9)

    worker.go(first)
    form = worker.open("assign")
    post = form.locator("[name=post]")
    kind = post.evaluate("e => e.tagName")
    post.select_option(index=1) if kind == "SELECT" else post.first.check()
    worker.write(form, words="麻烦去看一下")
    form.locator("button").last.click()
    worker.page.wait_for_url(f"**{first}")
    assert worker.sees("麻烦去看一下")

    number = town.rows("select number from cases_case where id = ?", first.split("/")[-2].replace("-", ""))[0][0]
    worker.go(second)
    worker.move("merge", into=number)
    assert worker.sees("Merged")
    resident.go(second)
    assert resident.sees(number)

    worker.go(third)
    worker.move("refuse", why="not_a_matter", words="这件事可以问楼下的车行。")
    assert not worker.sees("Not taken on, ") or worker.sees("second person")
    assert worker.page.locator("button[name=agree]").count() == 0
    secretary.go(third)
    with secretary.page.expect_navigation():
        secretary.page.locator("button[name=agree][value=yes]").click()
    resident.go(third)
    assert resident.sees("这件事可以问楼下的车行。")


def test_an_internal_note_stays_inside(visit):
    resident, officer = visit("resident"), visit("officer")
    case = resident.report("楼门的玻璃裂了一条缝", house=7)
    officer.go(case)
    officer.move("note", words="先问物业有没有备用玻璃", audience="internal")
    assert officer.sees("先问物业有没有备用玻璃")
    resident.go(case)
    assert not resident.sees("先问物业")


def test_a_stale_form_keeps_the_words_and_says_so(visit):
    resident, officer, worker = visit("resident"), visit("officer"), visit("worker", "desktop")
    case = resident.report("楼道的灯又不亮了", house=7)
    officer.go(case)
    form = officer.open("pass_up")
    officer.write(form, reason="整栋楼的线路都要换")
    worker.go(case)
    worker.move("accept")
    with officer.page.expect_navigation() as going:
        form.locator("button").last.click()
    assert going.value.status == 409
    assert officer.sees("整栋楼的线路都要换")
    officer.page.get_by_role("link", name="See how it stands").click()
    assert officer.sees("In hand")


def test_a_neighbour_who_meets_it_too_takes_nobodys_form_away(visit):
    resident, officer, lead = visit("resident"), visit("officer"), visit("lead")
    case = resident.report("楼道的灯一闪一闪", house=6)
    officer.go(case)
    officer.move("accept")
    form = officer.open("solve")
    officer.write(form, cause="镇流器坏了", remedy="换了镇流器")
    lead.go(case)
    lead.move("me_too")
    with officer.page.expect_navigation():
        form.locator("button:visible").last.click()
    assert officer.sees("换了镇流器")
    assert officer.sees("Solved")
