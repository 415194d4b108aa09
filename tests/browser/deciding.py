"""The pages of what neighbours decide together, by role: proposals, votes, notices, councils, comments, suggestions."""

from tests.browser.town import HOME

PROPOSALS, VOTES, NOTICES = f"{HOME}proposals/", f"{HOME}votes/", f"{HOME}notices/"
BODIES, COMMENTS, DEPUTIES = f"{HOME}bodies/", f"{HOME}comments/", f"{HOME}deputies/"
COUNCIL, ANSWERED = "kind = 'council'", "state = 'closed'"


def guest(town):
    return {
        "proposals": PROPOSALS,
        "proposal": f"{PROPOSALS}{_of(town, 'proposals_proposal', 'under_way')}/",
        "proposal-step": f"{PROPOSALS}steps/{_of(town, 'proposals_step', 'open')}/",
        "proposal-way": f"{PROPOSALS}ways/courtyard_council/",
        "votes": VOTES,
        "vote-sheet": f"{VOTES}{town.one('votes_vote', 'result is not null')}/sheet/",
        "notices": NOTICES,
        "notice": f"{NOTICES}{town.one('notices_notice', 'rows_count > 0')}/",
        "notice-sheet": f"{NOTICES}{town.one('notices_notice', 'open_objections > 0')}/sheet/",
        "notice-kinds": f"{NOTICES}kinds/",
        "bodies": BODIES,
        "body": f"{BODIES}{town.one('bodies_body', COUNCIL)}/",
        "suggestions": DEPUTIES,
        "suggestion": f"{DEPUTIES}{town.one('deputies_suggestion', best=ANSWERED)}/",
    }


def resident(town):
    voting = f"{VOTES}{_of(town, 'votes_vote', 'open')}/"
    return {
        "proposals-mine": f"{PROPOSALS}mine/",
        "proposal-new": f"{PROPOSALS}new/",
        "proposal-draft": f"{PROPOSALS}{_of(town, 'proposals_proposal', 'draft')}/",
        "vote-open": voting,
        "vote-ballot": f"{voting}ballot/?choice=yes",
        "vote-roll": f"{voting}roll/",
        "notice-object": f"{NOTICES}objections/new/?notice={town.one('notices_notice', 'rows_count > 0')}",
        "mandate": f"{BODIES}mandates/{town.one('bodies_mandate')}/",
        "comment": f"{COMMENTS}{_of(town, 'comments_comment', 'hidden')}/",
        "comment-new": f"{COMMENTS}write/?on=incidents.incident:{town.one('incidents_incident')}",
        "comment-pause": f"{COMMENTS}pauses/{town.one('comments_pause')}/",
    }


def deputy(town):
    return {
        "suggestions": DEPUTIES,
        "suggestions-mine": f"{DEPUTIES}mine/",
        "suggestion": f"{DEPUTIES}{town.one('deputies_suggestion')}/",
        "suggestion-new": f"{DEPUTIES}new/",
        "suggestions-figures": f"{DEPUTIES}figures/",
    }


def worker(town):
    return {
        "proposals-waiting": f"{PROPOSALS}mine/",
        "proposal-ways": f"{PROPOSALS}ways/",
        "proposal-numbers": f"{PROPOSALS}ways/numbers/",
        "proposal-own-way": f"{PROPOSALS}ways/hands_in_a_grid/edit/",
        "proposal-own-step": f"{PROPOSALS}ways/hands_in_a_grid/steps/0/",
        "sittings": f"{PROPOSALS}sittings/",
        "sitting-new": f"{PROPOSALS}sittings/new/",
        "sitting": f"{PROPOSALS}sittings/{town.one('proposals_sitting')}/",
        "vote-new": f"{VOTES}new/",
        "notices-mine": f"{NOTICES}mine/",
        "notice-new": f"{NOTICES}new/",
        "notice-rows": f"{NOTICES}{_of(town, 'notices_notice', 'drafted')}/list/",
        "objection": f"{NOTICES}objections/{_of(town, 'notices_objection', 'raised')}/",
        "body-new": f"{BODIES}new/",
        "body": f"{BODIES}{town.one('bodies_body', COUNCIL)}/",
        "mandate-new": f"{BODIES}mandates/new/",
        "comments": COMMENTS,
        "comments-hidden": f"{COMMENTS}?list=hidden",
        "comment-reported": f"{COMMENTS}{town.one('comments_comment', 'reports_open > 0')}/",
        "comment-pause-new": f"{COMMENTS}pauses/new/?on=incidents.incident:{town.one('incidents_incident')}",
    }


def _of(town, table, state):
    return town.one(table, f"state = '{state}'")


ROLES = {"guest": guest, "resident": resident, "deputy": deputy, "worker": worker}
