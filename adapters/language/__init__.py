"""Language identification and parsers."""

import os

# Read by numpy when it is first loaded, which is later. The matrices of a line are too
# small for two threads: on busy cores they wait for each other ten times as long as they
# work, and processes (``--jobs``) use the cores already.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251 (set, not read)
