"""Request and response shapes; never event classes."""
