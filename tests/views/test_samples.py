"""Every view in its states: Slack takes it in every language, whatever the things in it are called."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    InputBlock,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot import views
from bot.i18n import LANGUAGES
from bot.local.slack.rules import check_message, check_view
from bot.views.messages import Message
from tests.views.samples import Sample, Studio, samples, translator

NAMES: dict[str, Callable[[str], str]] = {
    "as they are": str,
    "mentions": lambda name: f"<!channel> & <@U1> *{name}* `code` <https://a.example|b>",
    "4,000 characters": lambda name: f"{name} <!here> " + "x" * 4000,
    "entities": lambda name: name[:1] + "&" * 3000 + "<!here>",
    "emoji": lambda name: "👩‍💻🎉" * 100 + f" :tada: {name} <!here>",
    "right to left, controls and quotes": lambda name: f"\u202eשלום {name} مرحبا\u0000\n<!here>" + '\x01"\\' * 100,
    "blank": lambda name: " " * len(name[:2]),
}
WAKING = re.compile(r"<[!]|<@U1\b|<https://a\.example")
SWALLOWED = re.compile(r"<(?![@#]\w|https?:)")
"""What Slack takes for a link, and does not show as it is written."""


def fields(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in what is sent."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from fields(each)


def sent(sample: Sample) -> dict[str, Any]:
    """What Slack would get."""
    return sample.shown.payload if isinstance(sample.shown, Message) else sample.shown.to_dict()


def judge(sample: Sample) -> None:
    """Slack takes it, nobody is woken by a name, and it can be read aloud."""
    what = sent(sample)
    if isinstance(sample.shown, Message):
        assert check_message({"channel": "C1", **what}) == []
        assert sample.shown.text.strip()
        assert not WAKING.search(sample.shown.text)
    else:
        assert check_view(what) == []
    for part in fields(what):
        if part.get("type") == "mrkdwn":
            assert not WAKING.search(part["text"])
            assert not SWALLOWED.search(part["text"])
        if part.get("type") == "button":
            assert re.search(r"\w", part["text"]["text"]) or part.get("accessibility_label")
        if part.get("type") in {"image", "data_visualization", "data_table"}:
            assert part.get("alt_text") or part.get("title") or part.get("caption")
    for block in what.get("blocks", ()):
        known = Block.parse(block)
        assert known is None or known.to_dict() == block


def public_views() -> set[str]:
    """Every public function in bot/views that says it gives a message or a view."""
    found = set()
    for module in pkgutil.walk_packages(views.__path__, f"{views.__name__}."):
        for name, function in vars(importlib.import_module(module.name)).items():
            own = inspect.isfunction(function) and function.__module__ == module.name and not name.startswith("_")
            if own and inspect.signature(function, eval_str=True).return_annotation in {Message, View}:
                found.add(f"{module.name.removeprefix(f'{views.__name__}.')}.{name}")
    return found


def test_every_view_has_a_sample() -> None:
    shown = {f"{sample.feature}.{sample.view}" for sample in samples(Studio(translator()))}
    assert public_views() - shown == {"forms.modal"}  # which they all are made with


def test_no_two_samples_have_one_name() -> None:
    names = [sample.name for sample in samples(Studio(translator()))]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_view_in_every_language(language: str) -> None:
    for sample in samples(Studio(translator(language))):
        judge(sample)


@pytest.mark.parametrize("said", NAMES.values(), ids=NAMES)
def test_slack_takes_every_view_whatever_things_are_called(said: Callable[[str], str]) -> None:
    for sample in samples(Studio(translator(), said)):
        judge(sample)


def test_whatever_is_sent_is_held_to_slack_sdks_models_down_to_the_last_object() -> None:
    """The fields of a message or view are only to be had with every nested object validated: no sample escapes that."""
    question = ConfirmObject(title="x" * 101, text="Sure?")
    deep = ButtonElement(text="Delete", action_id="a", confirm=question)
    with pytest.raises(SlackObjectFormationError):
        _ = Message("x", (ActionsBlock(elements=[deep]),)).payload
    choice = StaticSelectElement(action_id="a", options=[Option(text="x" * 76, value="v")])
    with pytest.raises(SlackObjectFormationError):
        View(type="modal", title="x", blocks=[InputBlock(label="x", element=choice)]).to_dict()


def test_a_chart_is_told_in_words_where_only_the_text_is_read() -> None:
    for sample in samples(Studio(translator())):
        blocks = sent(sample).get("blocks", ())
        if isinstance(sample.shown, Message) and any(block["type"] == "data_visualization" for block in blocks):
            assert re.search(r"\d", sample.shown.text), sample.name


def test_every_answer_begins_with_a_capital_letter() -> None:
    """Also where the name of a workspace, which would begin it, is not known."""
    texts = [each.shown.text for each in samples(Studio(translator("en"))) if isinstance(each.shown, Message)]
    assert [text for text in texts if re.sub(r"^(:\w+: |[*_“])+", "", text)[:1].islower()] == []
