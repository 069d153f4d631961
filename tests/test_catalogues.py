from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from scripts.catalogues import catalogues, extract, load, main, problems, save, updated

CODE = """
from bot.i18n import N_
class Gone(UserError):
    sentence = N_("It is "
                  "gone.")
def view(t, name):
    said = f"{t.md('Hello *{name}*', name=name)} {t(name)}"
    return said + t.plural("{n} day", "{n} days", 2) + t(f"not {name}") + print("not this")
"""
PAGE = '<p title="{{ t("A title") }}">{{ t("Type {toggl} now", toggl=1) }}{% if x %}{{ t(x) }}{% endif %}</p>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {"bot/a.py": CODE, "bot/web/a.html": PAGE, "bot/local/b.py": 't("English only")'}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def german(**translations: str | tuple[str, ...]) -> Catalog:
    """A catalogue of the sentences `id=translation`."""
    catalogue = Catalog("de")
    for sentence, translation in translations.items():
        catalogue.add(sentence.replace("_", " "), translation)
    return catalogue


def found(sentence: str | tuple[str, str], translation: str | tuple[str, ...]) -> list[str]:
    """The problems of one translation."""
    template, catalogue = Catalog(), Catalog("de")
    template.add(sentence)
    catalogue.add(sentence, translation)
    return [problem.partition(":")[0] for problem in problems(catalogue, template)]


def test_every_sentence_is_found_in_code_f_strings_and_pages(root: Path) -> None:
    sentences = {message.id for message in extract(root) if message.id}
    assert sentences == {
        "It is gone.",
        "Hello *{name}*",
        ("{n} day", "{n} days"),
        "A title",
        "Type {toggl} now",
    }


@pytest.mark.parametrize(
    ("sentence", "translation", "problem"),
    [
        ("Hello", "", "not translated"),
        ("Hello {name}", "Hallo", "other places in braces"),
        ("Hello {name}", "Hallo {Name}", "other places in braces"),
        ("Hello {name}", "Hallo {name", "other places in braces"),
        ("*Hello*", "Hallo", "other marks (code, bold, emoji, address)"),
        ("`{track}` :tada:", "`{track}`", "other marks (code, bold, emoji, address)"),
        ("Hello", "Hallo ", "other spaces at the ends"),
        (("{n} day", "{n} days"), ("{n} Tag", ""), "not translated"),
        (("{n} day", "{n} days"), ("{n} Tag", "{m} Tage"), "an unknown place in braces"),
    ],
)
def test_a_faulty_translation_is_named(
    sentence: str | tuple[str, str], translation: str | tuple[str, ...], problem: str
) -> None:
    assert found(sentence, translation) == [problem]


def test_a_faithful_translation_may_order_its_places_and_marks_anew() -> None:
    assert found("*{task}* at {at}", "{at}: *{task}*") == []
    assert found(("a day", "{n} days"), ("ein Tag", "{n} Tage")) == []


def test_a_missing_a_guessed_and_an_old_sentence_are_named() -> None:
    template, catalogue = Catalog(), german(Old="Alt")
    template.add("New")
    template.add("Guessed")
    catalogue.add("Guessed", "Geraten", flags=["fuzzy"])
    assert [problem.partition(":")[0] for problem in problems(catalogue, template)] == [
        "not translated",
        "only guessed (fuzzy)",
        "nothing says this any more",
    ]


def test_an_update_keeps_translations_and_drops_what_nothing_says_any_more(tmp_path: Path) -> None:
    template = Catalog()
    template.add("Kept", locations=[("bot/a.py", 1)])
    template.add("New", locations=[("bot/a.py", 2)])
    path = tmp_path / "de.po"
    save(path, updated(german(Kept="Bleibt", Old="Alt"), template))
    kept = load(path)
    assert {message.id: message.string for message in kept if message.id} == {"Kept": "Bleibt", "New": ""}
    before = path.read_bytes()
    save(path, updated(kept, template))
    assert path.read_bytes() == before


def test_an_unknown_command_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate"]) == 2
    assert "update | add <language> | check" in capsys.readouterr().out


def test_no_catalogue_speaks_another_language() -> None:
    """A sentence with the same words in two of them was put into the wrong one."""
    told: dict[tuple[object, object], list[str]] = {}
    for path in catalogues():
        for message in load(path):
            said = " ".join((message.string,) if isinstance(message.string, str) else message.string)
            if len(re.findall(r"(?<![{\w])[^\W\d_]{2,}(?![\w}])", re.sub(r"`[^`]*`|:\w+:|https?\S+", "", said))) > 1:
                told.setdefault((message.id, said), []).append(path.stem)
    assert {said: where for (_, said), where in told.items() if len(where) > 1 and said != "EUR, USD, JPY…"} == {}
