"""Reads rendered HTML back, so that tests can say what a browser would find in it."""

from __future__ import annotations

from html.parser import HTMLParser

TAGS = frozenset(
    "a b blockquote br code div hr i li ol p pre s span svg time u ul use".split()  # noqa: SIM905 (a list of words)
)
ATTRIBUTES = frozenset(
    {"aria-hidden", "aria-label", "class", "data-indent", "data-style", "data-user-id", "href", "rel", "role", "start"}
    | {"target", "title"}
)


class Found(HTMLParser):
    """What stands in some HTML: its elements with attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "br":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")


def assert_harmless(html: str) -> None:
    """Nothing in `html` but the elements, attributes and addresses that the page itself writes."""
    for tag, attributes in Found(html).elements:
        assert tag in TAGS, tag
        assert set(attributes) <= ATTRIBUTES, attributes
        address = attributes.get("href", "/")
        assert address.lower().startswith(("http://", "https://", "mailto:", "tel:", "/")), address
