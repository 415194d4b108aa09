"""The pages of people: posts and terms, the register of persons, organisations."""

from .organisations import organisation, organisation_new, organisations, visible_organisations
from .persons import person, person_new, persons, reveal, visible_persons
from .posts import offer, post, post_new, posts, term, visible_posts, visible_terms

__all__ = [
    "offer", "organisation", "organisation_new", "organisations", "person", "person_new", "persons", "post", "post_new",
    "posts", "reveal", "term", "visible_organisations", "visible_persons", "visible_posts", "visible_terms",
]  # fmt: skip
