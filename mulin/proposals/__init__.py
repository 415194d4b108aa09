"""Proposals of neighbours: brought, discussed, decided, carried out and judged, each by the steps of a template."""
