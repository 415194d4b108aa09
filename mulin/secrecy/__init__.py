"""Secrets at rest: encrypted fields, keyed hashes to find them by, their keys, secret codes, and masks for lists."""
