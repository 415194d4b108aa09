"""Notices (公示): what is posted for some days, so that people may object before it counts."""
