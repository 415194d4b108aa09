"""The pages of webhooks, and those for people who write programs."""
