"""Walks through a parse end, whatever the parser says."""

from __future__ import annotations

from domain.attribution.parsing import ParsedLine, Token


def token(index: int, head: int) -> Token:
    """Return a token with only its place in the tree."""
    return Token(
        index=index,
        start=index * 2,
        end=index * 2 + 1,
        text="a",
        lemma="a",
        pos="NOUN",
        dep="dep",
        head=head,
        feats={},
        entity="",
    )


def test_a_cyclic_tree_is_walked_once() -> None:
    """Heads that form a cycle do not loop."""
    tokens = [token(0, 1), token(1, 0), token(2, 1)]
    line = ParsedLine(text="a a a", tokens=tokens, sentences=[(0, 3)])
    assert [each.index for each in line.subtree(tokens[0])] == [0, 1, 2]
