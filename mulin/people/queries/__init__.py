"""Reads about people: viewers and communities by their address, accounts, posts with their holders."""

from ..figures import today_in
from .directory import (
    LISTED,
    Role,
    account_by,
    communities_of,
    demo_roles,
    invitation_by,
    joinable,
    keys_of,
    open_offers,
    place_names,
    posts_with_holders,
    seen_by,
    sign_ins_of,
    terms_of,
    vacant_posts,
)
from .viewers import (
    community_by_slug,
    community_of_path,
    divisions_above,
    forget_communities,
    load_viewer,
    reload,
    sign_in_of,
    viewer_by_key,
    viewer_of,
)

__all__ = [
    "LISTED", "Role", "account_by", "communities_of", "community_by_slug", "community_of_path", "demo_roles",
    "divisions_above", "forget_communities", "invitation_by", "joinable", "keys_of", "load_viewer", "open_offers",
    "place_names", "posts_with_holders", "reload", "seen_by", "sign_in_of", "sign_ins_of", "terms_of", "today_in",
    "vacant_posts", "viewer_by_key", "viewer_of",
]  # fmt: skip
