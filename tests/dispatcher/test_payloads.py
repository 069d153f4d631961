from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dispatcher import metadata, payloads
from bot.dispatcher.request import Kind, Origin
from bot.i18n import escape

USER = {"id": "W1", "team_id": "T1"}


def press(**changes: Any) -> dict[str, Any]:
    return {"type": "block_actions", "user": USER, "actions": [{"action_id": "a", "type": "button"}], **changes}


def test_an_organization_wide_installation_is_the_enterprises() -> None:
    command = {"command": "/track", "user_id": "W1", "team_id": "T1", "enterprise_id": "E1"}
    assert payloads.read({**command, "is_enterprise_install": "true"}).tenant_id == "E1"
    assert payloads.read({**command, "is_enterprise_install": "false"}).tenant_id == "T1"
    assert payloads.read(press(team=None, enterprise={"id": "E1"}, is_enterprise_install=True)).tenant_id == "E1"
    assert payloads.read(press(team={"id": "T2", "enterprise_id": "E1"})).tenant_id == "T2"


def test_a_press_that_names_only_the_organization_is_the_organizations() -> None:
    body = press(user={"id": "W1"}, team=None, enterprise={"id": "E1"}, is_enterprise_install=True)
    assert (payloads.read(body).team_id, payloads.read(body).tenant_id) == ("E1", "E1")
    with pytest.raises(payloads.MalformedError):
        payloads.read(press(user={"id": "W1"}, team=None, enterprise=None))


@pytest.mark.parametrize(
    ("subtype", "by_bot"),
    [(None, False), ("file_share", False), ("me_message", False), ("thread_broadcast", False), ("bot_message", True)],
)
def test_what_people_write_with_a_file_or_for_a_whole_thread_is_theirs(subtype: str | None, *, by_bot: bool) -> None:
    event = {"type": "message", "user": "U1", "text": "start", "subtype": subtype, "files": [{"id": "F1"}]}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    assert payloads.read(body).by_bot is by_bot


def test_a_modal_opened_in_a_shared_channel_belongs_to_where_the_app_is_installed() -> None:
    view = {"id": "V1", "type": "modal", "callback_id": "c", "app_installed_team_id": "T9"}
    assert payloads.read({"type": "view_submission", "user": USER, "team": {"id": "T1"}, "view": view}).team_id == "T9"


def test_an_events_first_authorization_says_whose_it_is() -> None:
    grants = [{"team_id": "T2", "enterprise_id": "E2", "is_enterprise_install": True, "user_id": "UBOT"}]
    event = {"type": "event_callback", "team_id": "T1", "event_id": "E", "event": {"type": "x", "user": "UBOT"}}
    incoming = payloads.read({**event, "authorizations": grants})
    assert (incoming.team_id, incoming.tenant_id, incoming.by_bot) == ("T2", "E2", True)


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
def test_what_is_told_of_an_organizations_installation_names_no_workspace(event: str) -> None:
    body = {"type": "event_callback", "enterprise_id": "E0ORG", "event": {"type": event}, "event_id": "Ev1"}
    assert payloads.read(body).tenant_id == "E0ORG"
    with pytest.raises(payloads.MalformedError):
        payloads.read({**body, "enterprise_id": None})


def test_several_chosen_options_are_one_value() -> None:
    action = {"action_id": "a", "type": "checkboxes", "selected_options": [{"value": "x"}, {"value": "y"}]}
    assert payloads.read(press(actions=[action])).value == "x,y"


def test_a_button_in_a_message_knows_its_message_and_thread() -> None:
    message = {"ts": "1.1", "thread_ts": "1.0"}
    origin = payloads.read(press(channel={"id": "C1"}, message=message, response_url="https://x")).origin
    assert (origin.channel_id, origin.message_ts, origin.thread_ts) == ("C1", "1.1", "1.0")
    assert "https://x" not in repr(origin)


def test_every_kind_is_read_as_itself() -> None:
    view = {"id": "V1", "type": "modal", "callback_id": "c"}
    kinds = {
        "view_submission": Kind.SUBMISSION,
        "view_closed": Kind.CLOSING,
        "shortcut": Kind.SHORTCUT,
        "message_action": Kind.SHORTCUT,
        "block_suggestion": Kind.OPTIONS,
    }
    for kind, expected in kinds.items():
        body = {"type": kind, "user": USER, "callback_id": "c", "action_id": "a", "view": view}
        assert payloads.read(body).kind is expected


@given(st.text())
def test_what_a_person_types_comes_out_as_they_typed_it(text: str) -> None:
    typed = text.replace("\r", "")
    assert payloads.plain_text(escape(typed)) == typed


@pytest.mark.parametrize(
    ("sent", "plain"),
    [
        ("<@U1|ann> and <@U2>", "@ann and @U2"),
        ("<#C1|dev>", "#dev"),
        ("<!channel> <!subteam^S1|@team>", "@channel @team"),
        ("<https://toggl.com|toggl.com>", "https://toggl.com"),
        ("<mailto:a@b.c|a@b.c>", "a@b.c"),
        ("a < b", "a < b"),
    ],
)
def test_mentions_and_links_are_read_as_their_words(sent: str, plain: str) -> None:
    assert payloads.plain_text(sent) == plain


def test_the_people_in_a_text_are_known_by_the_names_it_keeps() -> None:
    assert payloads.people("for <@U1|ann> and <@W2>, not <#C1|dev>") == {"ann": "U1", "W2": "W2"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(
    data=st.dictionaries(st.text(), JSON),
    channel=st.none() | st.text(min_size=1),
    url=st.none() | st.text(min_size=1),
    place=st.none() | st.integers(1, 2**63 - 1),
)
def test_what_a_modal_keeps_comes_back(
    data: dict[str, Any], channel: str | None, url: str | None, place: int | None
) -> None:
    since = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    origin = Origin(channel_id=channel, response_url=url, since=since, workspace_id=place)
    back, kept = metadata.recalled(metadata.remembered(origin, data), trigger_id=None)
    assert (back, kept) == (origin, data)


@pytest.mark.parametrize("place", ["true", "0", "-1", '"1"', "1.5", str(2**63), "[]"])
def test_a_workspace_that_is_no_number_of_a_row_is_not_the_pipelines(place: str) -> None:
    with pytest.raises(metadata.UnreadableError):
        metadata.recalled(f'{{"origin":{{"workspace":{place}}},"data":{{}}}}', trigger_id=None)


@given(JSON | st.text() | st.binary())
def test_metadata_of_others_is_read_or_refused(kept: object) -> None:
    try:
        metadata.recalled(kept, trigger_id=None)
    except metadata.UnreadableError:
        return
