"""Using buttons, menus, pickers and inputs in messages and views; the options of external selects."""

from __future__ import annotations

import json
from typing import Any

from bot.local.slack import payloads
from bot.local.slack.compose import state_for
from bot.local.slack.hub import Hub
from bot.local.slack.inputs import field_of, find_element, flatten, pick
from bot.local.slack.outcomes import Choice, Container, Impossible, OnMessage, Outcome, Value, Values
from bot.local.slack.payloads import Place
from bot.local.slack.rules import check_options
from bot.local.slack.rules.elements import STATEFUL
from bot.local.slack.world import Json, Person, StateValues

_EXTERNAL = frozenset({"external_select", "multi_external_select"})
_DEFAULT_MIN_QUERY = 3


def find_place(hub: Hub, person: Person, container: Container) -> Place:
    """What the person has before them. Raises Impossible when it is gone or was never theirs to see."""
    world = hub.workspace.world
    if isinstance(container, OnMessage):
        message = world.find_message(container.channel_id, container.ts)
        if message is not None and message.ephemeral_to in {None, person.id}:
            hub.channel_of(person.id, container.channel_id)
            return Place(message=message)
        raise Impossible(f"{person.id!r} sees no message {container.ts!r} in {container.channel_id!r}")
    view = world.find_view(container.view_id)
    if view is None or view.person_id != person.id:
        raise Impossible(f"{person.id!r} has no view {container.view_id!r} open")
    stack = world.modals.get(person.id, [])
    if view.type == "modal" and stack[-1] is not view:
        raise Impossible(f"another view lies on top of {container.view_id!r}")
    return Place(view=view)


def state_of(place: Place, person: Person) -> StateValues:
    """What the person filled in there so far."""
    if place.view is not None:
        return place.view.state
    return state_for(place.message, person.id) if place.message else {}


def fill(hub: Hub, person: Person, place: Place, values: Values) -> None:
    """Type or pick without telling the app. Raises Impossible."""
    state = state_of(place, person)
    for element, block, value in flatten(place.blocks, values):
        block_id, action_id = block["block_id"], element["action_id"]
        offered = _offered(hub, place, block_id, element, state)
        state[block_id][action_id] = pick(element, value, offered)


async def press(
    hub: Hub, person: Person, place: Place, block_id: str, action_id: str, value: Value, values: Values | None
) -> Outcome:
    """Use an element; the app is told unless it is an input without `dispatch_action`."""
    if values:
        fill(hub, person, place, values)
    element, block = find_element(place.blocks, block_id, action_id)
    state = state_of(place, person)
    action: Json = {"type": element["type"], "block_id": block_id, "action_id": action_id}
    if element["type"] in STATEFUL:
        entry = pick(element, value, _offered(hub, place, block_id, element, state))
        state[block_id][action_id] = entry
        action |= entry | {name: part for name, part in element.items() if name.startswith(("initial_", "placeholder"))}
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Outcome()
    elif element["type"] == "overflow":
        action["selected_option"] = _option(element, value)
    else:
        action |= {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    if not hub.workspace.manifest.interactivity:
        return _no_interactivity()
    answer = await hub.road.send("interactive", payloads.block_actions(hub.workspace, person, place, action), {})
    if answer.failure is not None:
        hub.workspace.refuse(f"acknowledgement of {action_id}", answer.failure, [f"HTTP {answer.status}"])
        return Outcome(answer.milliseconds, answer.failure, "This app didn’t respond. Please try again.")
    return Outcome(answer.milliseconds)


async def options(
    hub: Hub, person: Person, place: Place, block_id: str, action_id: str, query: str
) -> tuple[list[Choice], str | None]:
    """What an external select offers for `query`, and the error where the app could not say."""
    element, _ = find_element(place.blocks, block_id, action_id)
    if element["type"] not in _EXTERNAL:
        raise Impossible(f"{action_id!r} has its options in it")
    if len(query) < element.get("min_query_length", _DEFAULT_MIN_QUERY):
        return [], None
    workspace = hub.workspace
    if not workspace.manifest.interactivity or not (
        workspace.manifest.has_options_url or workspace.manifest.socket_mode
    ):
        workspace.refuse("options", "no_options_load_url", ["the manifest has no message_menu_options_url"])
        return [], "no_options_load_url"
    payload = payloads.block_suggestion(workspace, person, place, element, block_id, query)
    answer = await hub.road.send("interactive", payload, {})
    error = answer.failure
    offered: list[Json] = []
    if error is None:
        offered, error = _read_options(hub, action_id, answer.body)
    else:
        workspace.refuse(f"options of {action_id}", error, [f"HTTP {answer.status}"])
    # What was shown before stays pickable: a slow answer must not take a choice away.
    key = (place.key, block_id, action_id)
    workspace.offered[key] = [*offered, *workspace.offered.get(key, [])][:1000]
    return [_choice(option) for option in offered], error


def _read_options(hub: Hub, action_id: str, body: bytes) -> tuple[list[Json], str | None]:
    try:
        answer: Any = json.loads(body)
    except (UnicodeDecodeError, ValueError):
        hub.workspace.refuse(f"options of {action_id}", "invalid_options", ["the answer is no JSON"])
        return [], "invalid_options"
    if problems := check_options(answer):
        hub.workspace.refuse(f"options of {action_id}", "invalid_options", map(str, problems), answer)
        return [], "invalid_options"
    grouped = [
        {**option, "_group": group["label"]["text"]}
        for group in answer.get("option_groups", ())
        for option in group["options"]
    ]
    return [*answer.get("options", ()), *grouped], None


def _choice(option: Json) -> Choice:
    description = option.get("description", {}).get("text", "")
    return Choice(option["text"]["text"], option["value"], description, option.get("_group", ""))


def _offered(hub: Hub, place: Place, block_id: str, element: Json, state: StateValues) -> list[Json]:
    """An external select's options: the last ones shown, and what is chosen already."""
    if element["type"] not in _EXTERNAL:
        return []
    shown = hub.workspace.offered.get((place.key, block_id, element["action_id"]), [])
    chosen = state[block_id][element["action_id"]][field_of(element["type"])] or []
    kept = chosen if isinstance(chosen, list) else [chosen]
    return [{name: part for name, part in option.items() if name != "_group"} for option in (*shown, *kept)]


def _option(element: Json, value: Value) -> Json:
    for option in element["options"]:
        if option["value"] == value:
            chosen: Json = option
            return chosen
    raise Impossible(f"{value!r} is not among the options")


def _no_interactivity() -> Outcome:
    return Outcome(error="no_interactivity", sentence="This app is not set up to handle interactive responses.")
