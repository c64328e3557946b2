"""Readers that only their maker's library can reach: a helper process loads it, so that its crash is not ours."""
