"""How often the laws may be tried."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from api.commands.laws import laws


@pytest.mark.parametrize("samples", ["0", "1001", "many"])
def test_samples_are_bounded(samples: str) -> None:
    """Each folds the topic anew: more than a thousand are a slip. No store is opened."""
    done = CliRunner().invoke(laws, ["harbour-treaty", "--samples", samples])
    assert done.exit_code == 2
    assert "--samples" in done.output
