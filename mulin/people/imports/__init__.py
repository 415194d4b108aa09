"""Tables of persons, posts with their holders, and organisations, brought in with a report by row."""

from .organisations import Organisations
from .persons import Persons
from .posts import Posts

IMPORTERS = (Persons(), Posts(), Organisations())

__all__ = ["IMPORTERS", "Organisations", "Persons", "Posts"]
