"""The values of the domain: frozen, compared by content, without behaviour beyond it."""
