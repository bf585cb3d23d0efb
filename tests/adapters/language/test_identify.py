"""Language identification works from what is installed."""

from __future__ import annotations

import pytest

from adapters.language.identify import LanguageIdentifier


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le port restera fermé jusqu'à lundi, a déclaré la ministre.", "fr"),
        ("The port will stay closed until Monday, the minister said.", "en"),
        ("Порт останется закрытым до понедельника, заявила министр.", "ru"),
        ("Порт залишиться зачиненим до понеділка, заявила міністерка.", "uk"),
    ],
)
def test_the_language_of_a_sentence_is_told(text: str, language: str) -> None:
    """One sentence is enough to tell languages, the close ones too."""
    assert LanguageIdentifier().identify(text)[0] == language
