"""Confidential reports about groups and officials: two named holders of posts read them, and nobody else."""
