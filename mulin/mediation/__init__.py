"""Two sides, a mediator whom both trust, sessions, an agreement that both confirm, and what became of it."""
