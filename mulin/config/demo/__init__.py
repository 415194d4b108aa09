"""The demo: invented places, people and cases, built through actions alone."""
