"""How many statements the page of a proposal costs, however much was said on it."""

import pytest

from mulin.comments.figures import ROWS
from mulin.comments.models import Comment
from mulin.kernel import clock
from mulin.kernel.engine import save_adopted, writing

from .walks import again, main


def _said(town, proposal, many):
    """Let much be said at one go, every third of it as an answer to what stands before."""
    rows = []
    for at in range(many):
        by = (town.resident, town.neighbour, town.officer)[at % 3]
        above = rows[at - 1] if at % 3 == 2 else None
        rows.append(Comment(
            community=town.community, subject_kind="proposals.proposal", subject_id=proposal.pk, state="written",
            writer_id=by.person_id, words=f"Said {at}.", answers=above, created_at=clock.now(),
        ))  # fmt: skip
    with writing(town.community.pk):
        save_adopted([row for row in rows if row.answers is None])
        save_adopted([row for row in rows if row.answers is not None])


@pytest.mark.parametrize("who", ["resident", "neighbour", None])
def test_the_page_with_500_comments_takes_at_most_15_statements(
    stage, town, web, who, django_assert_max_num_queries
):  # fmt: skip
    proposal = stage.under_way()
    _said(town, proposal, 500)
    client = web(getattr(town, who) if who else None)
    page = main(client.get(again(proposal).get_absolute_url()))
    assert 1 < page.count("Said ") <= ROWS * 11
    with django_assert_max_num_queries(15):
        client.get(proposal.get_absolute_url())
