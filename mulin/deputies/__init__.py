"""Deputies: what they suggest to a department, tracked to its answer, its promise and their word on it."""
