"""What a community's own cases teach: what a report may be about, where, what is like it, what was answered."""
