"""Call-ups: several units are called to one matter, each reports in by a time, and both sides are appraised."""
