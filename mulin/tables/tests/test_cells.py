"""What people and Excel write into cells, and what it is read as."""

from datetime import date, datetime

import pytest

from mulin.tables import (
    choice,
    day,
    decimal_area,
    number_between,
    phone,
    plain,
    text,
    text_of,
    whole,
    whole_between,
    yes_no,
)


@pytest.mark.parametrize(
    "said",
    ["13912345678", 13912345678.0, 13912345678, "139 1234-5678", "+86 13912345678", "13912345678.0", "8613912345678"],
)
def test_a_phone_is_read_however_excel_keeps_it(said):
    assert phone(said.removesuffix(".0") if isinstance(said, str) else said) == "13912345678"


@pytest.mark.parametrize("said", ["1391234567", "139123456789", "abc", "12"])
def test_what_is_no_phone_is_refused(said):
    with pytest.raises(ValueError, match="11"):
        phone(said)


@pytest.mark.parametrize(
    "said",
    [
        "2024-05-01",
        "2024/5/1",
        "2024.5.1",
        "2024年5月1日",
        "20240501",
        "2024-05-01 00:00:00",
        datetime(2024, 5, 1),
        date(2024, 5, 1),
        45413.0,
        45413,
    ],
)
def test_a_day_is_read_in_every_usual_form(said):
    assert day(said) == date(2024, 5, 1)


@pytest.mark.parametrize("said", ["2024-13-01", "2024-02-30", "last May", True, 0.5, "24-5-1"])
def test_what_is_no_day_is_refused(said):
    with pytest.raises(ValueError, match="2024-05-01"):
        day(said)


@pytest.mark.parametrize(
    ("said", "hundredths"),
    [("89.5", 8950), (89.29, 8929), ("89.50㎡", 8950), ("１２０平方米", 12000), (120, 12000), ("1,203.04", 120304)],
)
def test_an_area_becomes_hundredths(said, hundredths):
    assert decimal_area(said) == hundredths


@pytest.mark.parametrize("said", ["0", -3, "89.555", "nan", "inf", "large", 1e9])
def test_what_is_no_area_is_refused(said):
    with pytest.raises(ValueError, match=r"\w"):
        decimal_area(said)


def test_whole_numbers():
    assert [whole(said) for said in (3.0, "3.0", "-2", "1,200", "１２")] == [3, 3, -2, 1200, 12]
    for wrong in (3.5, "3.5", "x", True):
        with pytest.raises(ValueError, match=r"\w"):
            whole(wrong)
    with pytest.raises(ValueError, match="20"):
        whole_between(1, 20)(21)
    assert number_between(-180, 180)("117.1") == 117.1
    for wrong in ("east", 181, float("nan")):
        with pytest.raises(ValueError, match=r"\w"):
            number_between(-180, 180)(wrong)


def test_words_lose_what_excel_added():
    assert [text(said) for said in (1201.0, " 1201 ", "3号楼", datetime(2024, 5, 1))] == [
        "1201",
        "1201",
        "3号楼",
        "2024-05-01",
    ]
    assert plain(True) == "yes"
    with pytest.raises(ValueError, match="4"):
        text_of(4)("12345")
    with pytest.raises(ValueError, match="2"):
        text_of(4, least=2)("1")


def test_a_choice_takes_its_words_and_names_them_when_refusing():
    use = choice({"home": ("住宅", "Home"), "shop": ("商铺",)})
    assert [use(said) for said in ("住宅", "HOME", " home ", "商 铺")] == ["home", "home", "home", "shop"]
    assert use.say("shop") == "商铺"
    with pytest.raises(ValueError, match="住宅, 商铺"):
        use("别墅")
    assert [yes_no(said) for said in ("是", "否", "Yes", True, 1.0, "0")] == [True, False, True, True, True, False]
