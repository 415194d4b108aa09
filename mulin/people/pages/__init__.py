"""Pages about people: getting in, one's own page, the posts of a community."""
