"""The service from outside: composition root, command line, HTTP, pages."""
