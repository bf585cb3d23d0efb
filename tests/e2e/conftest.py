"""What every test of the command line shares: that a process can be interrupted."""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.default_int_handler)
"""A shell starts what runs in its background deaf to Ctrl-C, and children inherit that."""
