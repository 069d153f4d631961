"""The form of a schedule of statistics: where, about what, how often, at what time of which zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    ExternalDataSelectElement,
    NumberInputElement,
    Option,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.domain.recurrence import LAST, MOST_WEEKS
from bot.domain.statistics_plans import Span
from bot.i18n import N_, Translator
from bot.views.channel_settings import zone_options
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import context, option
from bot.views.statistics_draft import LONGEST_MONTH, OWN_ZONE, Draft, Repeats
from bot.views.subscription_words import zone_name

_WEEKDAYS = range(7)

SPANS: Mapping[Span, str] = {
    Span.YESTERDAY: N_("The previous day"),
    Span.LAST_WEEK: N_("The previous week"),
    Span.THIS_WEEK: N_("This week so far"),
    Span.LAST_30_DAYS: N_("The last 30 days"),
    Span.LAST_MONTH: N_("The previous month"),
    Span.THIS_MONTH: N_("This month so far"),
    Span.LAST_QUARTER: N_("The previous quarter"),
}
NTHS: Mapping[int, str] = {
    1: N_("First"),
    2: N_("Second"),
    3: N_("Third"),
    4: N_("Fourth"),
    LAST: N_("Last"),
}


REPEATS: Mapping[Repeats, str] = {
    Repeats.WEEKLY: N_("Weekly, on certain days"),
    Repeats.MONTHLY: N_("Monthly, on a day of the month"),
    Repeats.MONTHLY_WEEKDAY: N_("Monthly, on a weekday"),
}


def form(t: Translator, draft: Draft) -> View:
    """Every field, filled in; those of how often it comes change with the choice above them."""
    title = t("Change schedule") if draft.kept else t("Statistics in a channel")
    return modal(
        t,
        title,
        [*_where_and_what(t, draft), *_how_often(t, draft), *_when(t, draft), _footnote(t)],
        callback=Callbacks.STATISTICS_SCHEDULE,
        submit=t("Save"),
    )


def shared(t: Translator) -> str:
    """Why nothing is posted there."""
    return t("That channel is shared with another company: people’s hours are not posted there. Choose another one.")


def zone_choices(t: Translator, query: str, own: str, now: datetime) -> list[Option]:
    """The typeahead of time zones; one's own comes first."""
    found = zone_options(query, first=own, now=now)
    return found if query.strip() else [_own_zone(t, own), *found]


def _where_and_what(t: Translator, draft: Draft) -> Iterator[Block]:
    yield input_block(
        t("Channel"),
        Blocks.CHANNEL,
        ConversationSelectElement(
            action_id=Actions.STATISTICS_FIELD,
            initial_conversation=draft.channel_id,
            default_to_current_conversation=draft.channel_id is None or None,
            filter=ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True),
        ),
    )
    spans = {span: option(t(name), span) for span, name in SPANS.items()}
    # Another id for each way of repeating: Slack would keep the week chosen for weeks when it comes monthly.
    block_id = f"{Blocks.STATISTICS_PERIOD}:{draft.repeats}"
    yield input_block(t("Period"), block_id, _select(list(spans.values()), spans[draft.span]))


def _how_often(t: Translator, draft: Draft) -> Iterator[Block]:
    offered = {repeats: option(t(name), repeats) for repeats, name in REPEATS.items()}
    choose = _select(list(offered.values()), offered[draft.repeats], action_id=Actions.STATISTICS_REPEATS)
    yield input_block(t("How often"), Blocks.STATISTICS_REPEATS, choose, dispatch=True)
    match draft.repeats:
        case Repeats.WEEKLY:
            yield from _weekly(t, draft)
        case Repeats.MONTHLY:
            yield input_block(
                t("Day of the month"),
                Blocks.STATISTICS_DAY,
                _count(draft.day, LONGEST_MONTH),
                hint=t("31 is the last day of every month; 29 and 30 are the last where a month is shorter."),
            )
        case Repeats.MONTHLY_WEEKDAY:
            nths = {nth: option(t(name), str(nth)) for nth, name in NTHS.items()}
            yield input_block(
                t("Which one of the month"), Blocks.STATISTICS_NTH, _select([*nths.values()], nths[draft.nth])
            )
            days = dict(zip(_ordered(t), _days(t), strict=True))
            chosen = days[draft.weekday]
            yield input_block(t("Weekday"), Blocks.STATISTICS_WEEKDAY, _select([*days.values()], chosen))


def _weekly(t: Translator, draft: Draft) -> Iterator[Block]:
    days = dict(zip(_ordered(t), _days(t), strict=True))
    yield input_block(
        t("Weekdays"),
        Blocks.STATISTICS_WEEKDAYS,
        CheckboxesElement(
            action_id=Actions.STATISTICS_FIELD,
            options=[*days.values()],
            initial_options=[chosen for weekday, chosen in days.items() if weekday in draft.weekdays],
        ),
    )
    yield input_block(
        t("Repeat every … weeks"),
        Blocks.STATISTICS_EVERY,
        _count(draft.weeks, MOST_WEEKS),
        hint=t("1 is every week, 2 every other week, counted from the next time."),
    )


def _when(t: Translator, draft: Draft) -> Iterator[Block]:
    picker = TimePickerElement(action_id=Actions.STATISTICS_FIELD, initial_time=f"{draft.at:%H:%M}")
    yield input_block(t("Time"), Blocks.STATISTICS_AT, picker)
    own = _own_zone(t, t.zone.key)
    yield input_block(
        t("Time zone"),
        Blocks.STATISTICS_ZONE,
        ExternalDataSelectElement(
            action_id=Actions.STATISTICS_ZONE,
            initial_option=option(zone_name(draft.zone), draft.zone) if draft.zone else own,
            min_query_length=0,
        ),
    )


def _footnote(t: Translator) -> Block:
    return context(
        t.md(
            "Posts name you as the person who set them up, and show what you can see in Toggl. Hours are only "
            "those of people who agreed to be counted; private projects appear without their names."
        )
    )


def _select(
    options: list[Option], chosen: Option, *, action_id: Actions = Actions.STATISTICS_FIELD
) -> StaticSelectElement:
    return StaticSelectElement(action_id=action_id, options=options, initial_option=chosen)


def _count(number: int, most: int) -> NumberInputElement:
    return NumberInputElement(
        action_id=Actions.STATISTICS_FIELD,
        is_decimal_allowed=False,
        initial_value=str(number),
        min_value="1",
        max_value=str(most),
    )


def _ordered(t: Translator) -> list[int]:
    """The weekdays as weeks begin where the person lives."""
    return sorted(_WEEKDAYS, key=lambda weekday: (weekday - t.first_weekday) % len(_WEEKDAYS))


def _days(t: Translator) -> list[Option]:
    return [option(t.weekdays((weekday,)), str(weekday)) for weekday in _ordered(t)]


def _own_zone(t: Translator, zone: str) -> Option:
    return option(t("Mine, wherever I am (now {zone})", zone=zone_name(zone)), OWN_ZONE)
