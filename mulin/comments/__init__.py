"""Comments: what neighbours say on a public matter, in their names; moderated by reason, never by person."""
