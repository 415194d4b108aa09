"""The second factor: codes of an authenticator, passkeys, recovery codes; and what a post asks for."""
