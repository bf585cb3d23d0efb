"""Reading a page as a browser without scripts would: elements, text, what it loads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass(slots=True)
class Element:
    """An element: its name, attributes and children, text among them."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the element and all below it, exactly."""
        return "".join(
            each if isinstance(each, str) else each.text for each in self.children
        )

    @property
    def words(self) -> str:
        """The text as it is read: runs of spaces are one."""
        return " ".join(self.text.split())

    def all(self, name: str = "", **attributes: str) -> list[Element]:
        """Return all elements below with that name and those attributes."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [
            each
            for each in self._below()
            if (not name or each.name == name)
            and all(
                value in each.attributes.get(k, "").split()
                for k, value in wanted.items()
            )
        ]

    def one(self, name: str = "", **attributes: str) -> Element:
        """Return the only such element."""
        (found,) = self.all(name, **attributes)
        return found

    def _below(self) -> Iterator[Element]:
        for each in self.children:
            if isinstance(each, Element):
                yield each
                yield from each._below()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop().name == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def page(html: str) -> Element:
    """Return a page, every element closed in its place."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.stack) == 1, f"{reader.stack[-1].name} is never closed"
    return reader.stack[0]


def visit(client: httpx.Client, path: str) -> Element:
    """Return the page at an address."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return page(answer.text)
