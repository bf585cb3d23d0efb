"""One use case a file; ports are constructor arguments."""
