"""Bytes to articles, and the store of their texts."""
