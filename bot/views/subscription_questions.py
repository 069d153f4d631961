"""What is asked before a channel's project updates change: who would see it, which project is meant."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.conversations import Conversation
from bot.domain.projects import Named
from bot.domain.subscriptions import Following, Wish
from bot.i18n import N_, Mrkdwn, Translator, escape
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, lines, section
from bot.views.messages import Message
from bot.views.subscription_pieces import UpdateDeed, deed_button, wish_button
from bot.views.subscription_words import channel, everything, project, what


def ask(t: Translator, wish: Wish, place: Conversation, *, workspace: str = "", private: int = 0) -> Message:
    """Who would see what, before anything is saved. `private` counts the private projects among those wished."""
    where = channel(wish.channel_id)
    subject = project(t, wish.project.name) if wish.project else everything(t, workspace)
    said = t.md("Subscribe {channel} to {what}?", channel=where, what=subject)
    warnings = []
    if private and wish.project:
        warnings.append(
            t.md(
                ":lock: It is private in Toggl. Everybody in {channel} would see its name, dates, hours and people.",
                channel=where,
            )
        )
    elif private:
        warnings.append(
            Mrkdwn(
                escape(
                    t.plural(
                        "{n} of them is private in Toggl: everybody in that channel would see it.",
                        "{n} of them are private in Toggl: everybody in that channel would see them.",
                        private,
                    )
                )
            )
        )
    if place.shared:
        warnings.append(
            t.md(
                ":earth_africa: {channel} is shared with another organization, whose people would see it, too.",
                channel=where,
            )
        )
    agreed = Wish(wish.channel_id, wish.project, wish.events, private=bool(private) or wish.private, agreed=True)
    without = Wish(wish.channel_id, wish.project, wish.events, agreed=True)
    row = [wish_button(t, N_("Subscribe"), agreed, style="primary", index=0)]
    if private and not wish.project:
        row = [
            wish_button(t, N_("Leave out private ones"), without, style="primary", index=0),
            wish_button(t, N_("Include private ones"), agreed, index=1),
        ]
    cancel = button(t("Cancel"), Actions.UPDATES_LEAVE_IT)
    return Message(said, (section(said), section(lines(warnings)), actions(*row, cancel)))


def ask_resume(t: Translator, following: Following) -> Message:
    """The project is private: everybody in the channel would see it."""
    where = channel(following.channel_id)
    said = t.md(
        "*{name}* is private in Toggl. Everybody in {channel} would see its name, dates, hours and people.",
        name=following.project_name,
        channel=where,
    )
    row = actions(
        deed_button(t, UpdateDeed.AGREE, following, style="primary"), button(t("Cancel"), Actions.UPDATES_LEAVE_IT)
    )
    return Message(said, (section(said), row))


def left_alone(t: Translator) -> Message:
    """The question was answered with no."""
    said = t.md("Nothing was changed.")
    return Message(said, (section(said),))


def pick(t: Translator, wish: Wish, text: str, found: Sequence[Named]) -> Message:
    """Several projects are meant, or none."""
    if not found:
        said = t.md("No project that you can see is called “{text}”. Nothing was changed.", text=text)
        hint = t.md("`{project} list` shows them; `{project} subscribe all` follows all of them.")
        return Message(said, (section(said), context(hint)))
    said = t.md("Which project? These match “{text}”.", text=text)
    return Message(
        said,
        (
            section(said),
            *(
                section(
                    project(t, named.name),
                    accessory=wish_button(t, N_("Subscribe"), Wish(wish.channel_id, named, wish.events)),
                )
                for named in found
            ),
        ),
    )


def which(t: Translator, found: Sequence[Following], text: str) -> Message:
    """Several subscriptions are meant, or none is."""
    if not found and not text:
        return nothing_followed(t)
    if not found:
        said = t.md("This channel follows nothing called “{text}”. Nothing was changed.", text=text)
        return Message(said, (section(said), context(t.md("`{project} subscriptions` shows what it follows."))))
    said = t.md("Unsubscribe from which?")
    rows = [
        section(what(t, following), accessory=deed_button(t, UpdateDeed.REMOVE, following)) for following in found[:45]
    ]
    return Message(said, (section(said), *rows))


def nothing_followed(t: Translator) -> Message:
    """A channel follows nothing yet."""
    said = t.md("This channel follows no projects yet.")
    hint = t.md("`{project} subscribe` with a project’s name, or with `all`, lets everybody here see what changes.")
    return Message(said, (section(said), context(hint), actions(button(t("Subscribe…"), Actions.UPDATES_OPEN))))
