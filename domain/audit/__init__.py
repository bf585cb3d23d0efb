"""Digests, and the comparison of a replay with what is served."""
