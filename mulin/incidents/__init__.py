"""One thing that broke many: a head with its cases, a page that says how it stands, word to all whom it concerns."""
