"""Photos that belong to something: made safe when they come in, kept beside the database, shown only through a page."""
