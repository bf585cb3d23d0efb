"""The outside world behind the domain's ports: one folder a port, one file a technology."""
