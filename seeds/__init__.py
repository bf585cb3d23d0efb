"""Data with schemas: agents, topics, lexicons, articles; see docs/reference/seeds.md."""
