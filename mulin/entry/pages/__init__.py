"""Pages of getting in: signing in, joining, invitations, one's own page."""
