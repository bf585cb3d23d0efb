"""Data with schemas: agents, topics, lexicons, articles. See README.md."""
