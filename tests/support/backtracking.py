r"""Finds patterns whose work can grow faster than the text that they search.

CPython tries the ways in which a pattern fits one after another; a text that nearly
fits makes it try all. A pattern is drawn as the automaton of its positions (Glushkov),
and refused for either of two signs:

* exponential: inside a repeat the same characters can be run through in two ways, as
  in ``(a+)+$`` or ``(?:\w|д)*!``;
* polynomial: characters of one repeat can be run through in a later one as well, as
  in ``\d+\d+x``. The search is a repeat before the pattern, for it begins anew at every
  place: ``\s+x`` takes the square of a run of spaces.

Neither is one where the pattern has surely matched: nothing is tried again then.

On the safe side: assertions are taken to hold, possessive and atomic parts to give back
what they took, and a counted repeat inside an unbounded one to be unbounded. A counted
repeat elsewhere is read once: its cost has a bound. Characters are sampled: those that
the pattern names, and some of every kind. What it does not know it refuses to judge.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import product
from typing import Any

_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")

_KINDS = frozenset('aZéßдЖق0٣_ \n\t\r\u00a0\u202f!-.…«»’"(/:,@')
"""Some characters of every kind that patterns tell apart."""
_COPIES = 8
"""A part that is repeated exactly so often inside a repeat is written out."""
_ONE_CHARACTER = {"LITERAL", "NOT_LITERAL", "IN", "ANY"}
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_ASSERTIONS = {"AT", "ASSERT", "ASSERT_NOT", "FAILURE"}
_SEARCH = 0
"""The position before the pattern: what a search has passed over."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: the positions where it begins, ends, and has surely matched.

    It is ``empty`` if it can stand for nothing, ``sure`` if it can without a condition.
    """

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    done: frozenset[int] = frozenset()
    empty: bool = True
    sure: bool = True


_CONDITION = _Part(sure=False)


class _Automaton:
    """The positions of a pattern, what each takes, and which can follow which."""

    def __init__(self, pattern: re.Pattern[str] | re.Pattern[bytes]) -> None:
        source = pattern.pattern
        text = source if isinstance(source, str) else source.decode("latin-1")
        self._tree = _parser.parse(text, pattern.flags & ~re.DEBUG)
        self._multiline = bool(pattern.flags & re.MULTILINE)
        self._alphabet = _KINDS | set(_named(self._tree.data))
        self._known: dict[str, frozenset[str]] = {}
        self.takes: list[frozenset[str]] = [self._alphabet]
        self.ways: Counter[tuple[int, int]] = Counter({(_SEARCH, _SEARCH): 1})
        self.loops: list[range] = []
        self.part = self._sequence(self._tree, looped=False)
        if not self._anchored():
            self.loops.append(range(_SEARCH, _SEARCH + 1))
            self._link((_SEARCH,), self.part.first)
        self.next: dict[int, list[int]] = {}
        for before, after in self.ways:
            self.next.setdefault(before, []).append(after)

    def of(self, loop: range) -> frozenset[str]:
        """Return the characters that a repeat takes."""
        return frozenset().union(*(self.takes[each] for each in loop))

    def reaches(self, loop: range, other: range, by: frozenset[str]) -> bool:
        """Tell whether characters lead out of one repeat into another."""
        seen, waiting = set(loop), list(loop)
        while waiting:
            for after in self.next.get(waiting.pop(), ()):
                if after not in seen and self.takes[after] & by:
                    seen.add(after)
                    waiting.append(after)
        return not seen.isdisjoint(other)

    def is_ambiguous(self, loop: range) -> bool:
        """Tell whether the same characters can go two ways round a repeat."""
        if any(self.ways[way] > 1 for way in product(loop, loop)):
            return True
        apart = self._together({(each, each) for each in loop}, loop)
        return any(
            one == other
            for one, other in self._together({p for p in apart if p[0] != p[1]}, loop)
        )

    def _together(
        self, pairs: set[tuple[int, int]], loop: range
    ) -> set[tuple[int, int]]:
        """Return the pairs of positions that the same characters lead to."""
        seen: set[tuple[int, int]] = set()
        waiting = list(pairs)
        while waiting:
            one, other = waiting.pop()
            for pair in product(self.next.get(one, ()), self.next.get(other, ())):
                inside = pair[0] in loop and pair[1] in loop
                if inside and pair not in seen and self._meet(*pair):
                    seen.add(pair)
                    waiting.append(pair)
        return seen

    def _meet(self, one: int, other: int) -> bool:
        return not self.takes[one].isdisjoint(self.takes[other])

    def _anchored(self) -> bool:
        """Tell whether the pattern can begin at one place only."""
        begins = {"AT_BEGINNING_STRING"}
        if not self._multiline:
            begins.add("AT_BEGINNING")
        return any(str(value) in begins for _, value in self._tree[:1])

    def _sequence(self, items: Iterable[Any], *, looped: bool) -> _Part:
        whole = _Part()
        for name, value in items:
            whole = self._joined(whole, self._item(str(name), value, looped=looped))
        return whole

    def _item(self, name: str, value: Any, *, looped: bool) -> _Part:
        if name in _ONE_CHARACTER:
            return self._position(self._characters(name, value))
        if name in _REPEATS:
            return self._repeat(*value, looped=looped)
        if name in _ASSERTIONS:
            return self._assertion(name, value, looped=looped)
        inside = _alternatives(name, value)
        return _either([self._sequence(each, looped=looped) for each in inside])

    def _assertion(self, name: str, value: Any, *, looped: bool) -> _Part:
        if name == "AT":
            opens = self._multiline and str(value) == "AT_BEGINNING"
            # what a line opens with is the end of the line before
            return self._position(frozenset("\n")) if opens else _CONDITION
        if name == "FAILURE" or (
            name == "ASSERT_NOT" and not value[1]
        ):  # (?!), in new Python and in old
            return self._position(frozenset())
        behind = value[0] < 0  # of fixed length, so of bounded cost
        ahead = () if behind else self._sequence(value[1], looped=looped).first
        return replace(_CONDITION, first=ahead)

    def _repeat(self, least: int, most: int, body: Any, *, looped: bool) -> _Part:
        endless = most == _parser.MAXREPEAT
        if looped and least == most <= _COPIES:
            return self._sequence(list(body) * most, looped=True)
        if not endless and not (looped and most > 1):
            part = self._sequence(body, looped=looped)
        else:
            start = len(self.takes)
            part = self._sequence(body, looped=True)
            self._link(part.last, part.first)
            if not looped:
                self.loops.append(range(start, len(self.takes)))
        optional = least == 0
        return replace(part, empty=part.empty or optional, sure=part.sure or optional)

    def _joined(self, one: _Part, other: _Part) -> _Part:
        self._link(one.last, other.first)
        return _Part(
            first=one.first + (other.first if one.empty else ()),
            last=other.last + (one.last if other.empty else ()),
            done=other.done | (one.done if other.sure else frozenset()),
            empty=one.empty and other.empty,
            sure=one.sure and other.sure,
        )

    def _link(self, before: Iterable[int], after: Iterable[int]) -> None:
        self.ways.update(product(before, after))

    def _position(self, characters: frozenset[str]) -> _Part:
        self.takes.append(characters)
        here = len(self.takes) - 1
        return _Part((here,), (here,), frozenset({here}), empty=False, sure=False)

    def _characters(self, name: str, value: Any) -> frozenset[str]:
        """Return the sampled characters that one item of the pattern takes."""
        key = f"{name} {value}"
        if key not in self._known:
            item = [(getattr(_parser, name), value)]
            one = _parser.SubPattern(self._tree.state, item)
            fits = _compiler.compile(one, self._tree.state.flags).fullmatch
            self._known[key] = frozenset(c for c in self._alphabet if fits(c))
        return self._known[key]


def _alternatives(name: str, value: Any) -> Iterable[Any]:
    """Return the sequences of which one stands where a group or branch does."""
    match name:
        case "BRANCH":
            return list(value[1])
        case "SUBPATTERN" if not value[1] and not value[2]:  # no flags of its own
            return [value[3]]
        case "ATOMIC_GROUP":
            return [value]
        case _:
            raise NotImplementedError(name)


def _either(parts: list[_Part]) -> _Part:
    return _Part(
        first=tuple(each for part in parts for each in part.first),
        last=tuple(each for part in parts for each in part.last),
        done=frozenset().union(*(part.done for part in parts)),
        empty=any(part.empty for part in parts),
        sure=any(part.sure for part in parts),
    )


def _named(tree: Any) -> Iterator[str]:
    """Yield the characters whose numbers stand in a parsed pattern."""
    if isinstance(tree, int) and 0 <= tree <= sys.maxunicode:
        yield chr(tree)
    elif isinstance(tree, (list, tuple, _parser.SubPattern)):
        for each in tree:
            yield from _named(each)


def faults(pattern: re.Pattern[str] | re.Pattern[bytes]) -> set[str]:
    """Return how the work of a pattern can grow: searched, and matched as a whole.

    Raises:
        NotImplementedError: the pattern holds something that is not judged here, as a
            reference to a group.
    """
    drawn = _Automaton(pattern)
    searched = _faults(drawn, drawn.loops, drawn.part.done)
    inside = [loop for loop in drawn.loops if _SEARCH not in loop]
    return searched | _faults(drawn, inside, frozenset())


def _faults(drawn: _Automaton, loops: list[range], done: frozenset[int]) -> set[str]:
    found = set()
    for loop in (each for each in loops if done.isdisjoint(each)):
        if drawn.is_ambiguous(loop):
            found.add("exponential")
        for before in (each for each in loops if each != loop):
            common = drawn.of(before) & drawn.of(loop)
            if common and drawn.reaches(before, loop, common):
                found.add("polynomial")
    return found
