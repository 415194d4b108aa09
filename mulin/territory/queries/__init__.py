"""Reading places: where is this point, what is this address, all places of a community at once, and divisions."""

from .addresses import Hit, find_address, search_places
from .communities import UPWARDS, community_by_slug, community_of_path, forget_communities
from .divisions import codes_of, communities_in, counts_below, division, divisions, path_of
from .everywhere import Everywhere, Found
from .known import STAMP, AnyPlace, Places, entrance_by_code, entrances, place_by_code, places, spot_by_code, spots
from .locating import Place, locate
from .one import Shown, hanging_on, hangs, kinds, place, place_to_correct

__all__ = [
    "STAMP", "UPWARDS", "AnyPlace", "Everywhere", "Found", "Hit", "Place", "Places", "Shown", "codes_of",
    "communities_in", "community_by_slug", "community_of_path", "counts_below", "division", "divisions",
    "entrance_by_code", "entrances", "find_address", "forget_communities", "hanging_on", "hangs", "kinds", "locate",
    "path_of", "place", "place_by_code", "place_to_correct", "places", "search_places", "spot_by_code", "spots",
]  # fmt: skip
