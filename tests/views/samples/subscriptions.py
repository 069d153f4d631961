"""What channels follow of projects, what is asked before, and how they are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

import msgspec

from bot.domain.conversations import Conversation
from bot.domain.projects import Named
from bot.domain.subscriptions import ChannelSettings, Did, Following, Mode, Paused, ProjectEvent, Quiet, Wish
from bot.i18n import Mrkdwn
from bot.views import (
    channel_settings,
    subscription_answers,
    subscription_forms,
    subscription_notices,
    subscription_questions,
    subscriptions,
)
from bot.views.subscription_pieces import Place
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio
from tests.views.samples.timer import UNDO

CHANNEL = "C0WEBSITE01"
MARCUS, LENA = "U0MARCUSBEL", "U0LENAHOFFM"
SETTINGS = ChannelSettings(zone="Europe/Berlin")
STRICT = ChannelSettings(
    zone="America/New_York",
    modes=dict.fromkeys(ProjectEvent, Mode.AT_ONCE),
    threaded=False,
    digest_at=time(17, 30),
    digest_days=(0, 2, 4),
    quiet=Quiet(time(19), time(8)),
)
ONLY = {event: Mode.AT_ONCE if event is ProjectEvent.DATES else Mode.OFF for event in ProjectEvent}
THREADED = msgspec.structs.replace(SETTINGS, broadcast=False, modes=dict.fromkeys(ProjectEvent, Mode.OFF))


def following(studio: Studio, name: str = "Website relaunch", number: int = 7001) -> Following:
    """A channel's subscription to a project, or with the number 0 to all."""
    return Following(
        id=number + 1,
        tenant_id="T0NORDLICHT",
        team_id="T0NORDLICHT",
        channel_id=CHANNEL,
        account_id=1,
        user_id=MARCUS,
        organization_id=1,
        workspace_id=2,
        project_id=number,
        project_name=studio.say(name),
    )


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the list, of the questions and answers, and of the modals."""
    yield from _answers(studio)
    yield from _muted(studio)
    yield from _questions(studio)
    yield from _lists(studio)
    yield from _forms(studio)


def _answers(studio: Studio) -> Iterator[Sample]:
    t, one, everything = studio.t, following(studio), following(studio, "Nordlicht Studio", 0)
    for did in Did:
        yield sample(did, subscription_answers.receipt, t, did, one, SETTINGS, UNDO)
        if did is not Did.SAME:
            yield sample(did, subscription_answers.announced, t, did, one, SETTINGS, MARCUS)
            now = subscription_answers.again(t, did, one)
            yield sample(did, subscription_answers.taken_back, t, now)
            yield sample(did, subscription_answers.took_back, t, MARCUS, now)
    own = msgspec.structs.replace(everything, modes=ONLY)
    yield sample("all", subscription_answers.announced, t, Did.SUBSCRIBED, everything, STRICT, MARCUS)
    yield sample("with its own choices", subscription_answers.announced, t, Did.CHANGED, own, STRICT, MARCUS)
    yield sample("nothing is told", subscription_answers.announced, t, Did.CHANGED, one, THREADED, MARCUS)
    for what in ("archived", "deleted", "removed", "left"):
        yield sample(what, subscription_notices.channel_news, t, what, CHANNEL, 3)
    told = subscription_answers.receipt(t, Did.SUBSCRIBED, one, SETTINGS, UNDO)
    yield sample("", subscription_answers.unposted, t, told)


def _muted(studio: Studio) -> Iterator[Sample]:
    t, named = studio.t, Named(7001, studio.say("Website relaunch"))
    for state, undo_id in (("", UNDO), ("already", None)):
        yield sample(state, subscription_answers.muted, t, named, CHANNEL, undo_id=undo_id)
        yield sample(state, subscription_answers.unmuted, t, named, CHANNEL, undo_id=undo_id)
    yield sample("muted", subscription_answers.was_muted, t, named, MARCUS, muted=True)
    yield sample("unmuted", subscription_answers.was_muted, t, named, MARCUS, muted=False)


def _questions(studio: Studio) -> Iterator[Sample]:
    t, named = studio.t, Named(7001, studio.say("Website relaunch"))
    here, shared = Conversation(CHANNEL), Conversation(CHANNEL, shared=True)
    one, everything = Wish(CHANNEL, named, (ProjectEvent.DATES,)), Wish(CHANNEL)
    yield sample("private", subscription_questions.ask, t, one, here, private=1)
    yield sample("shared", subscription_questions.ask, t, one, shared)
    yield sample("all, some private", subscription_questions.ask, t, everything, shared, workspace="Studio", private=4)
    yield sample("", subscription_questions.ask_resume, t, following(studio))
    yield sample("", subscription_questions.left_alone, t)
    yield sample("none", subscription_questions.pick, t, one, studio.say("relunch"), ())
    yield sample("several", subscription_questions.pick, t, one, studio.say("relaunch"), (named, named))
    yield sample("nothing", subscription_questions.which, t, (), "")
    yield sample("none", subscription_questions.which, t, (), studio.say("relunch"))
    yield sample("several", subscription_questions.which, t, [following(studio)] * 60, "")
    yield sample("", subscription_questions.nothing_followed, t)


def _lists(studio: Studio) -> Iterator[Sample]:
    t, one, here = studio.t, following(studio), Place(CHANNEL)
    rows = [following(studio, "Nordlicht Studio", 0), one, msgspec.structs.replace(one, modes=ONLY)]
    rows += [msgspec.structs.replace(one, paused=reason, user_id=LENA) for reason in Paused]
    rows += [msgspec.structs.replace(one, paused=Paused.LOST_SIGHT, user_id=None)]
    many = [following(studio, f"Project {n}", 7001 + n) for n in range(50)]
    muted = [Named(7001, one.project_name), *(Named(8000 + n, studio.say(f"Muted {n}")) for n in range(120))]
    note = Mrkdwn(t.md("{channel} gets no more updates on {what} until they are resumed.", channel="#x", what="y"))
    yield sample("nothing", subscriptions.of_channel, t, here, (), SETTINGS)
    yield sample("nothing but mutes", subscriptions.of_channel, t, here, (), SETTINGS, muted=muted)
    yield sample("every state", subscriptions.of_channel, t, here, rows[:10], SETTINGS, muted=muted, set_by=MARCUS)
    yield sample("every reason", subscriptions.of_channel, t, Place(CHANNEL, 2), rows, STRICT)
    yield sample("fifty", subscriptions.of_channel, t, Place(CHANNEL, 3), many, SETTINGS)
    yield sample("past the end", subscriptions.of_channel, t, Place(CHANNEL, 9), many, SETTINGS)
    yield sample("paused one", subscriptions.of_channel, t, here, rows, SETTINGS, note=note, undo_id=UNDO)
    yield sample("nothing", subscriptions.mine, t, Place(), ())
    yield sample("many", subscriptions.mine, t, Place(None, 2), many)
    yield sample("paused one", subscriptions.mine, t, Place(), rows, note=note, undo_id=UNDO)


def _forms(studio: Studio) -> Iterator[Sample]:
    t, one = studio.t, following(studio)
    yield sample("", subscription_forms.subscribe, t, channel_id=CHANNEL)
    yield sample("in a direct message", subscription_forms.subscribe, t, channel_id=None)
    yield sample("as the channel", subscription_forms.change, t, one, SETTINGS)
    yield sample("own choices", subscription_forms.change, t, msgspec.structs.replace(one, modes=ONLY), STRICT)
    yield sample("at first", channel_settings.form, t, CHANNEL, SETTINGS)
    alert = t.md("These settings have changed in the meantime. This is how they are now; your changes were not saved.")
    yield sample("changed meanwhile", channel_settings.form, t, CHANNEL, STRICT, set_by=LENA, alert=alert, turn=1)
    for state, settings in (("at first", SETTINGS), ("strict", STRICT), ("in threads only", THREADED)):
        yield sample(state, channel_settings.saved, t, CHANNEL, settings, undo_id=UNDO)
        yield sample(state, channel_settings.announced, t, CHANNEL, settings, MARCUS)
