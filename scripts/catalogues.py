"""Keep the catalogues in step with the sentences in the code: `update` them, `add` a language, `check` them all."""

from __future__ import annotations

import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "bot" / "locale"

Sentence = str | tuple[str, str]
UNTRANSLATED = "not translated"
"""A sentence, or the two forms of one that has a number in it."""

KEYWORDS = {"t": 1, "md": 1, "N_": 1, "plural": 2}
"""The functions that sentences are given to, and how many of their first arguments are sentences."""

_MARKS = re.compile(r"[`*\n]|:[a-z_]+:|https?://\S+")
"""What of mrkdwn a translation keeps: code, bold, line ends, emoji and addresses."""

_VOLATILE = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To)[^\n]*\n', re.MULTILINE
)
"""Headers that change with every run or name people: git knows both."""


def main(arguments: list[str]) -> int:
    """Run a command; the exit status is 1 where `check` found something."""
    match arguments:
        case ["update"]:
            for path in catalogues():
                save(path, updated(load(path), extract()))
        case ["add", language]:
            Locale.parse(language)
            save(CATALOGUES / f"{language}.po", updated(Catalog(language), extract()))
        case ["check"]:
            return _check()
        case _:
            print(f"{__doc__}\n\npython -m scripts.catalogues update | add <language> | check")
            return 2
    return 0


def _check() -> int:
    """Print what is wrong, and how much of each language is still said in English, which is no reason to end with 1."""
    wrong = 0
    for path in catalogues():
        found = list(problems(load(path), extract()))
        faults = [problem for problem in found if not problem.startswith(UNTRANSLATED)]
        print(*(f"{path.name}: {fault}" for fault in faults), sep="\n", end="\n" if faults else "")
        if len(found) > len(faults):
            print(f"!! {path.name}: {len(found) - len(faults)} sentences are said in English, not translated yet.")
        wrong += len(faults)
    return 1 if wrong else 0


def catalogues() -> list[Path]:
    """The file of each language."""
    return sorted(CATALOGUES.glob("*.po"))


def load(path: Path) -> Catalog:
    """The catalogue in the file `path`, which is called after its language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def save(path: Path, catalogue: Catalog) -> None:
    """Write `catalogue` so that the same sentences give the same file."""
    written = io.BytesIO()
    write_po(written, catalogue, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    path.write_bytes(_VOLATILE.sub(b"", written.getvalue()))


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """`catalogue` with the sentences of `template`, and no others; new ones wait for their translation."""
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.project, catalogue.version, catalogue.fuzzy = "toggl-slack", "1", False
    name = Locale.parse(str(catalogue.locale)).english_name
    catalogue.header_comment = (
        f"# {name}. A sentence is found in the files named above it; scripts/catalogues.py keeps them."
    )
    return catalogue


def extract(root: Path = ROOT) -> Catalog:
    """Every sentence in the code and templates of `root`/bot. The local stand-ins speak English only."""
    catalogue = Catalog(charset="utf-8")
    for path in sorted((root / "bot").rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.startswith("bot/local/"):
            continue
        for sentence in _sentences(path):
            catalogue.add(sentence, locations=[(name, 1)])
    return catalogue


def _sentences(path: Path) -> Iterator[Sentence]:
    match path.suffix:
        case ".py":
            yield from _in_python(path.read_text("utf-8"))
        case ".html":
            yield from _in_template(path.read_bytes())


def _in_python(source: str) -> Iterator[Sentence]:
    """From the syntax tree, because Babel's own extraction does not look into f-strings."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
            yield from _said(called, texts)


def _in_template(source: bytes) -> Iterator[Sentence]:
    for _, called, texts, _ in babel_extract(io.BytesIO(source), tuple(KEYWORDS), (), {}):
        yield from _said(called, [texts] if isinstance(texts, str) else texts or ())


def _said(called: str, texts: Sequence[object]) -> Iterator[Sentence]:
    said = [text for text in texts[: KEYWORDS.get(called, 0)] if isinstance(text, str)]
    if said and len(said) == KEYWORDS[called]:
        yield said[0] if len(said) == 1 else (said[0], said[1])


def problems(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """What is wrong with `catalogue`, measured by the sentences of `template`."""
    for message in template:
        if message.id:
            found = catalogue.get(message.id)
            yield from (f"{problem}: {message.id!r}" for problem in _faults(message, found, catalogue.num_plurals))
    yield from (f"nothing says this any more: {old.id!r}" for old in catalogue if old.id and old.id not in template)


def _faults(message: Message, found: Message | None, forms: int) -> Iterator[str]:
    translations = _forms(found.string) if found else ()
    if found is None or not all(translations):
        yield UNTRANSLATED
        return
    if found.fuzzy:
        yield "only guessed (fuzzy)"
    if isinstance(message.id, str):
        yield from _differences(message.id, translations[0])
        return
    if len(translations) != forms:
        yield f"{len(translations)} of {forms} plural forms"
    for translation in translations:
        if not _places(translation) <= _places(message.id[1]):
            yield "an unknown place in braces"


def _differences(sentence: str, translation: str) -> Iterator[str]:
    if _places(sentence) != _places(translation):
        yield "other places in braces"
    if Counter(_MARKS.findall(sentence)) != Counter(_MARKS.findall(translation)):
        yield "other marks (code, bold, emoji, address)"
    if (sentence[0].isspace(), sentence[-1].isspace()) != (translation[0].isspace(), translation[-1].isspace()):
        yield "other spaces at the ends"


def _forms(translation: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (translation,) if isinstance(translation, str) else tuple(translation)


def _places(sentence: str) -> set[str]:
    """The names in braces; a sentence that cannot be read as a format has the impossible name of its error."""
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError as error:
        return {f"!{error}"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
