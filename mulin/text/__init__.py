"""Chinese (and other) words, and search for them behind one small interface on SQLite and PostgreSQL."""
