"""Many suggestions on pages and over the API: the board, figures of departments, tables, and the same moves."""

from mulin.cases.tests.callers import Caller
from mulin.deputies import actions
from mulin.deputies.tests.walks import GIVEN, later, main, text

# ---- the board, figures, tables ----


def test_the_board_is_searched_filtered_and_paged(web, town, office, base):
    for number in range(32):
        office.handed(title=f"Matter {number:02}")
    done = actions.judge(office.answered(), by=office.deputy, judgement=3)
    first = main(web().get(base))
    assert (done.title in first, "Matter 31" in first, "Matter 01" in first) == (True, True, False)
    further = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Matter 01" in main(web().get(f"{base}{further}"))
    assert "Matter 07" in main(web().get(f"{base}?q=matter+07"))
    assert "Matter" not in main(web().get(f"{base}?state=closed")).split("ml-list")[1]
    assert done.title in main(web().get(f"{base}?klass=A&department={office.roads.pk}"))
    assert "Nothing here fits" in main(web().get(f"{base}?department={office.parks.pk}"))
    assert main(web().get(f"{base}?department=x&after=x&state=x&klass=x"))


def test_an_empty_board_says_what_to_do(web, office, base):
    assert "No deputy has made a suggestion here yet" in main(web().get(base))
    assert "No suggestion was handed on in this year" in main(web().get(f"{base}figures/"))


def test_what_is_late_is_shown_to_everyone(web, office, base):
    office.in_hand()
    assert "Nothing here fits" in main(web().get(f"{base}?state=late"))
    later(days=93)
    assert "A crossing" in main(web().get(f"{base}?state=late"))


def test_the_board_and_a_page_cost_few_statements(web, office, base, django_assert_max_num_queries):
    for number in range(12):
        suggestion = office.answered(suggestion=office.in_hand(title=f"Matter {number}"))
    actions.judge(suggestion, by=office.deputy, judgement=1)
    client = web(office.contact)
    for path, most in ((base, 14), (f"{base}mine/", 22), (suggestion.get_absolute_url(), 24)):
        client.get(path)
        with django_assert_max_num_queries(most):
            text(client.get(path))
    api = Caller(office.town)
    with django_assert_max_num_queries(14):
        assert len(api.get("/suggestions").json()["items"]) == 12


def test_figures_are_of_departments_by_name_and_never_of_deputies(web, town, office, base):
    actions.judge(office.answered("B"), by=office.deputy, judgement=3)
    actions.judge(office.answered("C"), by=office.deputy, judgement=1)
    actions.hand_on(office.brought(), by=town.worker, department=office.parks)
    page = main(web().get(f"{base}figures/"))
    assert page.index("Parks") < page.index("Roads")
    assert "Du" not in page
    table = web().get(f"{base}figures.csv").content.decode("utf-8-sig").splitlines()
    assert table[1:] == ["Parks,1,0,0,0,0,0,0,0,0,0,0,0", "Roads,2,2,2,0,0,1,0,1,0,1,0,0"]
    assert web().get(f"{base}figures/?year=20269999999999999999").status_code == 200
    (parks, roads) = Caller(town).get("/suggestion-figures").json()
    assert (parks["handed"], roads["planned"], roads["not_satisfied"]) == (1, 1, 1)


def test_the_list_is_taken_along_as_a_table_without_formulas(web, office, base):
    office.handed(title="=1+1")
    office.brought(title="Not yet public")
    rows = web(office.town.worker).get(f"{base}suggestions.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "'=1+1" in rows[1]
    assert web().get(f"{base}suggestions.xlsx").content[:2] == b"PK"
    assert web().get(f"{base}suggestions.pdf").status_code == 404


# ---- programs ----


def test_over_rest_the_same_moves(town, office):
    deputy, desk, unit = (Caller(town, who) for who in (office.deputy, town.worker, office.contact))
    case = town.report()
    body = {**GIVEN, "residents": 12, "cases": case.number, "department": str(office.roads.pk)}
    assert Caller(town, town.resident).post("/suggestions", body).status_code == 403
    made = deputy.post("/suggestions", body)
    assert made.status_code == 201, made.content
    own = f"/suggestions/{made.json()['id']}"
    assert unit.get(own).status_code == 404
    assert [step["name"] for step in deputy.get(own).json()["moves"]] == ["correct", "bring", "withdraw"]
    assert deputy.post(f"{own}/bring").json()["number"] == "B-2026-D001"
    assert desk.post(f"{own}/hand_on", {"department": str(office.roads.pk)}).json()["answer_by"] == "2027-02-23"
    assert unit.post(f"{own}/receive").status_code == 200
    given = {"text": "Done.", "klass": "A", "signed": "Roads"}
    assert unit.post(f"{own}/answer", given).json()["answers"][0]["in_time"] is True
    end = deputy.post(f"{own}/judge", {"judgement": 3}).json()
    assert (end["state"], end["answers"][0]["judgement"]) == ("closed", 3)
    assert len(Caller(town).get("/suggestions?q=crossing&class=A").json()["items"]) == 1
    assert unit.get("/suggestions?mine=true").json()["items"][0]["id"] == made.json()["id"]
    assert Caller(town).get("/suggestions?late=true").json()["items"] == []
    steps = Caller(town).get(f"{own}/course").json()["steps"]
    assert steps[0]["text"] == "The deputy judged the answer"
