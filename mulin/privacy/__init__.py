"""Purposes and consents, and what is known of someone: by whom it may be used, and who looked."""
