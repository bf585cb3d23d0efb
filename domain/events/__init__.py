"""The facts that are stored for ever, their names, and their bytes."""
