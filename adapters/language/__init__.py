"""Language identification and parsers."""
