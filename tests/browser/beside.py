"""The pages of what goes on beside cases and registers, by role: `tour` has them with its own."""

from uuid import UUID

from tests.browser.town import HOME

CALLS, ROUNDS, RATES, MEET = f"{HOME}callups/", f"{HOME}rounds/", f"{HOME}rates/", f"{HOME}mediation/"
CONCERNS = f"{HOME}concerns/"
ABROAD, JOINING, ROBOTS = f"{HOME}forwarding/", f"{HOME}joining/", f"{HOME}group-robots/"


def guest(town):
    return {
        "concern-new": f"{CONCERNS}new/",
        "concern-follow": f"{CONCERNS}follow/",
        "incidents": f"{HOME}incidents/",
        "incident": _incident(town),
        "incident-case": _case_in(town, "incidents_part"),
        "called-case": _case_in(town, "callups_callup", "called", "subject_id"),
        "rates": RATES,
        "rates-grids": f"{RATES}?by=grid",
        "mediations": f"{MEET}figures/",
        "maintenance": f"{ROUNDS}maintenance/",
        "upkeep": f"{ROUNDS}maintenance/{town.one('rounds_upkeep', 'last_on is not null')}/",
        "lift": f"{HOME}places/spot/{_spot(town, 'lift')}/",
    }


def resident(town):
    settled = _mediation(town, "settled")
    return {
        "concerns": CONCERNS,
        "concern-new": f"{CONCERNS}new/",
        "mediation-all": MEET,
        "mediation-ask": f"{MEET}new/",
        "mediation-code": f"{MEET}enter/",
        "mediation": settled,
        "mediation-sheet": f"{settled}agreement/",
        "mediation-withdraw": f"{settled}report_breach/",
        "incident": _incident(town),
        "mails": "/me/news/",
        "maintenance": f"{ROUNDS}maintenance/?part=all",
        "exports": f"{HOME}exports/",
        "callup-rate": _turnout(town, "appraised"),
    }


def officer(town):
    walking = f"{ROUNDS}{_of(town, 'rounds_round', 'walking')}/"
    open_stops = "round_id in (select id from rounds_round where state = 'walking') and result = ''"
    stop = f"{walking}stops/{town.one('rounds_look', open_stops)}/"
    return {
        "rounds": ROUNDS,
        "round": walking,
        "round-stop": stop,
        "round-finding": f"{stop}finding/",
        "round-missed": f"{stop}missed/",
        "round-done": f"{ROUNDS}{_of(town, 'rounds_round', 'done')}/",
        "round-explain": f"{ROUNDS}{_of(town, 'rounds_round', 'missed')}/",
        "routes": f"{ROUNDS}routes/",
        "upkeep-record": f"{ROUNDS}maintenance/{_of(town, 'rounds_upkeep', 'current')}/record/",
        "callups": CALLS,
        "callup-new": f"{CALLS}new/?from=cases.case:{_case(town, 'in_hand')}",
        "slip-narrow": f"{HOME}slips/{_case(town, 'in_hand')}/?paper=narrow",
    }


def liaison(town):
    ours = "organisation_id in (select organisation_id from people_post where kind_id in " \
        "(select id from people_postkind where key = 'unit_liaison'))"  # fmt: skip
    called = f"{CALLS}turnouts/{town.one('callups_turnout', ours, CALLED)}/"
    return {
        "home": HOME,
        "ours": f"{CALLS}ours/",
        "called": called,
        "report-in": f"{called}report_in/",
        "refuse": f"{called}refuse/",
        "done": f"{CALLS}turnouts/{town.one('callups_turnout', ours, AT_IT)}/",
        "callup": f"{CALLS}{_of(town, 'callups_callup', 'called')}/",
        "figures": f"{CALLS}figures/",
        "maintenance": f"{ROUNDS}maintenance/",
        "mediation": _mediation(town, "in_session"),
    }


def mediator(town):
    session = _mediation(town, "in_session")
    held = town.one("mediation_session", "held_at is not null and notes <> ''")
    of_held = town.rows(f"select mediation_id from mediation_session where id = '{UUID(held).hex}'")[0][0]
    return {
        "mediations": MEET,
        "mediations-over": f"{MEET}?list=over",
        "mediation": session,
        "mediation-hold": f"{session}hold/",
        "mediation-draft": f"{session}draft/",
        "session": f"{MEET}{UUID(of_held)}/sessions/{held}/",
        "settled": _mediation(town, "settled"),
        "figures": f"{MEET}figures/",
    }


def worker(town):
    around = {**_calls(town), **_rounds(town), **_rates(town), **_incidents(town)}
    return {**around, **_others(town), **_cases(town)}


def inspector(town):
    return {
        "concerns": CONCERNS,
        "concern": f"{CONCERNS}{town.one('concerns_concern', best=FOUNDED)}/",
    }


def secretary(town):
    return {
        "concerns": CONCERNS,
        "concerns-readers": f"{CONCERNS}readers/",
        "finding": f"{CONCERNS}findings/{town.one('concerns_finding', 'organisation_id is not null')}/",
        "callups": CALLS,
        "callup-sign": f"{CALLS}{_of(town, 'callups_callup', 'proposed')}/",
        "callups-settings": f"{CALLS}settings/",
        "joining-decide": f"{JOINING}{_of(town, 'joining_joining', 'proposed')}/",
        "joining-join": f"{JOINING}{_of(town, 'joining_joining', 'proposed')}/join/",
        "robots": ROBOTS,
    }


def subdistrict(town):
    return {"callups": CALLS, "rates": RATES, "outlook": f"{RATES}outlook/", "incidents": f"{HOME}incidents/"}


def _calls(town):
    called = f"{CALLS}{_of(town, 'callups_callup', 'called')}/"
    return {
        "callups": CALLS,
        "callups-all": f"{CALLS}all/",
        "callup": called,
        "callup-add": f"{called}add/",
        "callup-done": f"{CALLS}{_of(town, 'callups_callup', 'finished')}/",
        "callup-new": f"{CALLS}new/",
        "callups-figures": f"{CALLS}figures/",
        "callups-settings": f"{CALLS}settings/",
        "turnout-silent": _turnout(town, "lapsed"),
        "turnout-refused": _turnout(town, "refused"),
        "turnout-done": _turnout(town, "done"),
        "turnout-appraise": f"{_turnout(town, 'done')}appraise/",
        "mediations-desk": f"{MEET}?list=desk",
    }


def _rounds(town):
    route = town.one("rounds_route", "state = 'active'")
    upkeep = f"{ROUNDS}maintenance/{_of(town, 'rounds_upkeep', 'overdue')}/"
    return {
        "rounds": ROUNDS,
        "routes": f"{ROUNDS}routes/",
        "route": f"{ROUNDS}routes/{route}/",
        "route-amend": f"{ROUNDS}routes/{route}/amend/",
        "route-new": f"{ROUNDS}routes/new/",
        "round-done": f"{ROUNDS}{_of(town, 'rounds_round', 'done')}/",
        "maintenance": f"{ROUNDS}maintenance/",
        "maintenance-all": f"{ROUNDS}maintenance/?part=all",
        "upkeep": upkeep,
        "upkeep-record": f"{upkeep}record/",
        "upkeep-new": f"{ROUNDS}maintenance/new/",
        "lamp": f"{HOME}places/spot/{_spot(town, 'lamp')}/",
        "import-maintenance": f"{HOME}import/maintenance/",
        "import-categories": f"{HOME}import/categories/",
    }


def _rates(town):
    asked = f"{RATES}left-out/{_of(town, 'rates_exclusion', 'asked')}/"
    return {
        "rates": RATES,
        "rates-kinds": f"{RATES}?by=category",
        "rates-define": f"{RATES}definitions/resolution/",
        "left-out": f"{RATES}left-out/",
        "left-out-one": asked,
        "left-out-back": f"{asked}take_back/",
        "left-out-new": f"{RATES}left-out/new/?case={_case(town, 'closed')}",
        "outlook": f"{RATES}outlook/",
    }


def _incidents(town):
    incident = _incident(town)
    return {
        "incidents": f"{HOME}incidents/",
        "incident": incident,
        "incident-word": f"{incident}report_on/",
        "incident-new": f"{HOME}incidents/new/",
    }


def _others(town):
    connection = f"{ABROAD}connections/{town.one('forwarding_connection')}/"
    pair = dict(zip(("stays", "gone"), sorted(row[0] for row in town.rows(TWICE)), strict=False))
    robot = f"{ROBOTS}{town.one('news_robot')}/"
    return {
        "open311": f"{HOME}open311/",
        "open311-service": f"{HOME}open311/services/lamp/",
        "connections": ABROAD,
        "connection": connection,
        "connection-map": f"{connection}map_category/",
        "connection-new": f"{ABROAD}connections/new/",
        "forwarded": f"{ABROAD}cases/{town.one('forwarding_forwarding')}/",
        "forwarded-solved": f"{ABROAD}cases/{town.one('forwarding_forwarding')}/take_over/",
        "forward": f"{ABROAD}new/?case={_case(town, 'in_hand', MAPPED)}",
        "robots": ROBOTS,
        "robot": robot,
        "robot-change": f"{robot}change/",
        "robot-new": f"{ROBOTS}new/",
        "doubles": JOINING,
        "double-new": f"{JOINING}new/?stays={UUID(pair['stays'])}&gone={UUID(pair['gone'])}",
        "joining": f"{JOINING}{town.one('joining_joining')}/",
        "joining-part": f"{JOINING}{town.one('joining_joining')}/part/",
        "exports": f"{HOME}exports/",
        "exports-closed": f"{HOME}exports/?state=closed",
        "export-ready": f"{HOME}exports/{_of(town, 'channels_export', 'ready')}/",
        "export-asked": f"{HOME}exports/{_of(town, 'channels_export', 'asked')}/",
        "call": f"{HOME}desk/",
        "slip": f"{HOME}slips/{_case(town, 'in_hand')}/",
    }


FOUNDED = "state = 'founded'"
CALLED, AT_IT = "state = 'called'", "state in ('done', 'reported_in')"
TWICE = "select id from people_person where phone_hash in (select phone_hash from people_person where name = '韩立群')"
MAPPED = "category_id in (select category_id from forwarding_mapping)"


def _cases(town):
    """Return pages of cases with something beside them that other packages put there."""
    in_hand = town.case("state = 'in_hand'", "category_id in (select id from cases_category where key = 'stair_light')")
    return {
        "case-called": _case_in(town, "callups_callup", "called", "subject_id"),
        "case-incident": _case_in(town, "incidents_part"),
        "case-sent-on": _case_in(town, "forwarding_forwarding"),
        "case-open311": _case_in(town, "open311_receipt"),
        "case-left-out": _case_in(town, "rates_exclusion", "asked"),
        "case-taken-in": town.case(best="id in (select merged_into_id from cases_case)"),
        "case-solve": f"{in_hand}solve/",
        "case-merge": f"{in_hand}merge/",
        "case-correct": f"{in_hand}correct/",
    }


def _incident(town):
    return f"{HOME}incidents/{town.one('incidents_incident')}/"


def _turnout(town, state):
    return f"{CALLS}turnouts/{_of(town, 'callups_turnout', state)}/"


def _mediation(town, state):
    return f"{MEET}{_of(town, 'mediation_mediation', state)}/"


def _case_in(town, table, state="", column="case_id"):
    """Return the page of a case that a row of a table is about."""
    where = f"where state = '{state}'" if state else ""
    return town.case(f"id in (select {column} from {table} {where})")


def _case(town, state, where="1"):
    """Return the key of a case in a state, as it stands in addresses."""
    return town.case(where, f"state = '{state}'").rstrip("/").rpartition("/")[2]


def _of(town, table, state):
    return town.one(table, f"state = '{state}'")


def _spot(town, kind):
    return town.one("territory_spot", f"kind = '{kind}'")


ROLES = {
    "guest": guest, "resident": resident, "officer": officer, "liaison": liaison, "mediator": mediator,
    "inspector": inspector,
    "worker": worker, "secretary": secretary, "subdistrict": subdistrict,
}  # fmt: skip
