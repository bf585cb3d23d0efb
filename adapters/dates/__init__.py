"""Reading temporal expressions."""
