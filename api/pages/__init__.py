"""HTML for people: server-rendered, no script needed, nothing from elsewhere."""
