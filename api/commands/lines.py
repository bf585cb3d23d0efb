"""Lines that several commands print of positions and words, in the words of the pages."""

from __future__ import annotations

from collections.abc import Iterable

import click

from api.commands.console import quoted
from api.pages.words import Words
from api.schemas.outer import AsideOut, PositionOut, QuestionOut, StatementOut
from api.visible import shown_line


def heading(label: str) -> str:
    """Return the name of what is shown."""
    return click.style(shown_line(label), bold=True)


def position_line(position: PositionOut, said: Words) -> str:
    """Return days, holder, label and value of a position."""
    days = str(position.earliest)
    if position.earliest != position.latest:
        days = f"{days}/{position.latest}"
    who = shown_line(position.holder.label)
    if position.stands_for:
        who = f"{who} ({shown_line(said.one_with(position.stands_for))})"
    label = click.style(said.label(position), fg="cyan")
    return f"{days}  {who}{said.text['colon']} {label} ({said.value(position)})"


def words_line(statement: StatementOut, position: PositionOut, said: Words) -> str:
    """Return the words of a statement, and who spoke them for the holder of a position."""
    words = quoted(statement.words, said=said)
    who = said.by_whom(statement)
    return words if who == position.holder.label else f"{words}  {shown_line(who)}"


def beside_line(aside: AsideOut, said: Words) -> str:
    """Return why a statement stands beside the line, and on which questions."""
    reason, questions = said.beside(aside)
    return " ".join((f"{said.text['beside']} ({reason})", *_labels(questions)))


def _labels(questions: Iterable[QuestionOut]) -> Iterable[str]:
    return (shown_line(each.label) for each in questions)
