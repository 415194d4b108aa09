"""Who hears of rounds, routes and maintenance."""

from __future__ import annotations

from mulin.news.hearing import hears, is_watched

from . import queries
from .figures import ROUND_SAYS, ROUTE_SAYS, UPKEEP_SAYS

hears("rounds.round", queries.who_hears_of_round, ROUND_SAYS)
hears("rounds.route", queries.who_hears_of_route, ROUTE_SAYS)
hears("rounds.upkeep", queries.who_hears_of_upkeep, UPKEEP_SAYS)
is_watched("rounds.round", queries.in_charge_of_rounds)
is_watched("rounds.upkeep", queries.in_charge_of_upkeep)
