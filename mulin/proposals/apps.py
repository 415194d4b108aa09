"""Proposals as a Django app; stands beside cases, says what it knows of people and who hears of what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Proposals(AppConfig):
    name = "mulin.proposals"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        from mulin.comments.figures import commented
        from mulin.comments.pages import panel
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import models, queries, readers  # noqa: F401
        from .flow import ON_ITS_WAY, RUNNING
        from .pages import panels

        carries(models.Proposal, "proposer")
        carries(models.Supporter, "person", gives_way=lambda row, name: None)
        carries(models.Rating, "person", gives_way=lambda row, name: None)
        carries(models.Step, "person", "objector")
        tells("proposals.Proposal", _("Proposals I brought"), queries.tell_brought)
        tells("proposals.Supporter", _("Proposals I support"), queries.tell_supported)
        tells("proposals.Rating", _("What I said of how things turned out"), queries.tell_rated)
        tells("proposals.Step", _("What I carry out, or objected to"), queries.tell_steps)
        commented("proposals.proposal", owners=queries.concerned, is_open=lambda proposal: proposal.state in ON_ITS_WAY)
        commented("proposals.step", owners=queries.concerned, is_open=lambda step: step.state in RUNNING)
        stand_beside("proposals.proposal", panel, "main")
        stand_beside("proposals.step", panel, "main")
        stand_beside("cases.case", panels.beside_case)
        stand_beside("home.resident", panels.waiting, "main")
