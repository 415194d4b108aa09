"""Who lives where and who owns what: households, memberships, guardians, ownerships and proxies."""
