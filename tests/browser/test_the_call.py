"""A call is written down by keyboard alone: how many keys it takes beside its words, and that nothing needs a mouse."""

from tests.browser.town import HOME


def test_a_call_is_written_down_without_a_mouse_in_few_keys(visit, town):
    worker = visit("worker", "desktop")
    worker.go(f"{HOME}desk/")
    page, keys = worker.page, 0

    def type_(text):
        nonlocal keys
        page.keyboard.type(text)
        keys += len(text)

    def press(key):
        nonlocal keys
        page.keyboard.press(key)
        keys += 1

    type_("灯不亮")
    press("Enter")
    type_("3-2")
    press("Enter")
    press("Enter")  # the suggested kind
    type_("13900001234")
    press("Control+Enter")
    page.locator(".ch-number").wait_for()
    # Two fields and a number, five keys beside them: at two keys a second it is far below half a minute.
    assert keys <= 24
    assert town.rows("select contact_phone from cases_case where words = ?", "灯不亮")
    assert page.evaluate("document.activeElement.name") == "words"
    number = page.locator(".ch-number").inner_text()
    type_("第二个电话")
    press("Enter")
    type_("1-1")
    press("Control+Enter")
    page.wait_for_function("n => document.querySelector('.ch-number')?.innerText !== n", arg=number)
