"""The App Home: the timer, the week, what could be started, the last changes, the account.

Its rows are named after what they are about: a press still means the same when the Home was published anew meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from slack_sdk.models.blocks import Block, DividerBlock, SectionBlock
from slack_sdk.models.blocks.block_elements import ButtonElement
from slack_sdk.models.views import View

from bot.domain.account import Account
from bot.domain.home import Home, Receipt, Tracked
from bot.domain.tracking import Project
from bot.i18n import Translator
from bot.views import reminders
from bot.views.charts import Chart, Shape
from bot.views.charts import block as chart_block
from bot.views.choices import entry_name, project_value
from bot.views.connect import missing, who, workspace_name
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, cut, cut_mrkdwn, header, lines, mrkdwn, section
from bot.views.timer import running_buttons, start_button, undo, where

_RECENTS = 5
_PINNED = 5
_RECEIPT_TEXT = 300
_ID = 255
_HOUR = timedelta(hours=1)


def home(t: Translator, shown: Home) -> View:
    """The Home as it is at `t.now`; before connecting, what there is to connect for."""
    blocks: list[Block] = []
    if shown.problem:
        blocks += [section(t.md(":warning: {problem}", problem=shown.problem))]
    if shown.tracked:
        blocks += [*_timer(t, shown.tracked), *_receipts(t, shown.receipts), *_week(t, shown.tracked)]
        blocks += [*_pinned(t, shown.tracked.pinned), *reminders.home(t, shown.reminders)]
    elif shown.problem:
        blocks += [actions(_refresh(t)), *_receipts(t, shown.receipts), *reminders.home(t, shown.reminders)]
    elif not shown.account.credentials:
        return View(type="home", blocks=_welcome(t))
    elif not shown.account.chosen:
        blocks += _choose(t)
    blocks += _account(t, shown.account)
    return View(type="home", blocks=blocks)


def _welcome(t: Translator) -> list[Block]:
    verbs = (
        t.md("`{track} start write report` starts a timer, or switches if one is running"),
        t.md("`{track} stop 10m ago` stops it, now or earlier"),
        t.md("`{track} log 1h30m review yesterday` logs past time"),
        t.md("`{track} report last week` shows where the time went"),
        t.md("`{track} undo` undoes your last change"),
        t.md("`{track} help` lists the rest; in a message to me you can leave `{track}` out"),
    )
    return [
        header(t("Track time without leaving Slack")),
        section(
            t.md(
                "Start and stop Toggl timers in any channel, and undo what went wrong. Once you are connected, "
                "your timer, your week and your last changes are shown here."
            )
        ),
        actions(button(t("Connect Toggl…"), Actions.CONNECT, style="primary")),
        DividerBlock(),
        section(t.md("*What you can type*")),
        section(lines(f"•  {verb}" for verb in verbs)),
        context(
            t.md("Only you see my answers, unless you share them. You act with your own Toggl account and rights.")
        ),
    ]


def _choose(t: Translator) -> list[Block]:
    said = t.md("*Which workspace do you work in?* Once you have chosen, your timer and your week are shown here.")
    return [section(said), actions(button(t("Choose a workspace"), Actions.LIST_WORKSPACES, style="primary"))]


def _timer(t: Translator, tracked: Tracked) -> list[Block]:
    running = tracked.running
    elapsed = running.elapsed(t.now) if running and t.now else None
    blocks: list[Block]
    if running is None:
        blocks = [
            section(t.md("*No timer is running.*"), accessory=_refresh(t), block_id="home.now"),
            actions(*_starting(t), block_id="home.idle"),
        ]
    else:
        said = t.md(
            "*{task}* is running: {elapsed}, since {at}.",
            task=entry_name(running),
            elapsed=elapsed,
            at=running.started_at,
        )
        blocks = [
            section(said, accessory=_refresh(t), block_id="home.now"),
            *where(t, running.task),
            actions(*running_buttons(t, running), block_id=f"home.running.{running.id}"),
        ]
    startable = [task for task in tracked.recents if running is None or task.id != running.task_id][:_RECENTS]
    if startable:
        blocks.append(context(t.md("Start again:") if running is None else t.md("Switch to:")))
        row = "home.start." + ".".join(str(task.id) for task in startable)
        blocks.append(actions(*(start_button(t, task, n) for n, task in enumerate(startable)), block_id=cut(row, _ID)))
    elif running is None:
        blocks.append(context(t.md("Nothing was tracked in the last 14 days. *Start…* lets you choose a task.")))
    return blocks


def _starting(t: Translator) -> Sequence[ButtonElement]:
    return (button(t("Start…"), Actions.OPEN_START, style="primary"),)


def _week(t: Translator, tracked: Tracked) -> list[Block]:
    today = t.now.astimezone(t.zone).date() if t.now else None
    numbers = []
    for day, length in tracked.days:
        named = t.dated(day, "E")
        label = t.md("*{day}* (today)", day=named) if day == today else t.md("*{day}*", day=named)
        numbers.append(mrkdwn(f"{label}\n{t.duration(length) if length else '–'}"))
    numbers.append(mrkdwn(t.md("*Total*\n{total}", total=tracked.week)))
    said = t.md("Nothing is tracked yet this week.")
    if tracked.week:
        said = t.md("*Today:* {today} · *This week:* {week}", today=tracked.today, week=tracked.week)
    log = button(t("Log time…"), Actions.OPEN_LOG)
    blocks: list[Block] = [DividerBlock(), header(t("This week")), section(said, accessory=log, block_id="home.week")]
    if not tracked.week:
        return blocks
    chart = Chart(
        Shape.BAR,
        t("Hours by day"),
        tuple(t.dated(day, "Ed") for day, _ in tracked.days),
        ((t("Hours"), tuple(round(length / _HOUR, 2) for _, length in tracked.days)),),
        t("Hours"),
    )
    return [*blocks, chart_block(chart), SectionBlock(fields=numbers)]


def _receipts(t: Translator, receipts: Sequence[Receipt]) -> list[Block]:
    if not receipts:
        return []
    blocks: list[Block] = [DividerBlock(), header(t("Your last changes"))]
    for receipt in receipts:
        told = cut_mrkdwn(receipt.text, _RECEIPT_TEXT)
        accessory = undo(t, receipt.undo_id) if receipt.undo_id else None
        named = f"home.undo.{receipt.undo_id}" if receipt.undo_id else None
        blocks.append(section(f"{told}  {t.md('_{at}_', at=receipt.at)}", accessory=accessory, block_id=named))
    return blocks


def _pinned(t: Translator, projects: Sequence[Project]) -> list[Block]:
    if not projects:
        return []
    blocks: list[Block] = [DividerBlock(), header(t("Pinned projects"))]
    for project in projects[:_PINNED]:
        line = t.md("*{name}*", name=project.name)
        if project.client:
            line = t.md("*{name}*\n{client}", name=project.name, client=project.client)
        start = button(
            t("Start…"),
            Actions.START_IN_PROJECT,
            value=project_value(project),
            label=t("Start a timer in {name}", name=project.name),
        )
        blocks.append(section(line, accessory=start, block_id=f"home.project.{project.id}"))
    return blocks


def _account(t: Translator, account: Account) -> list[Block]:
    facts = [who(t, account)]
    if account.chosen:
        facts.append(t.md("You work in *{name}*.", name=workspace_name(t, account.chosen)))
    if account.allowance:
        left = account.allowance
        facts.append(t.md("Toggl calls left: {remaining}, until {at}.", remaining=left.remaining, at=left.resets_at))
    row: list[ButtonElement] = []
    if account.refused:
        row.append(button(t("Reconnect"), Actions.CONNECT, style="primary"))
    elif account.missing:
        row.append(button(t("Add a credential"), Actions.CONNECT))
    if account.chosen and len(account.workspaces) > 1:
        row.append(button(t("Change workspace"), Actions.LIST_WORKSPACES))
    row.append(button(t("Account"), Actions.SHOW_ACCOUNT))
    notes = [missing(t, product) for product in account.missing] if not account.refused else []
    return [
        DividerBlock(),
        context(" ".join(facts)),
        *(context(note) for note in notes),
        actions(*row, block_id="home.account"),
        context(t.md("`{track} help`, `{project} help` and `{toggl} help` list what I can do. As of {at}.", at=t.now)),
    ]


def _refresh(t: Translator) -> ButtonElement:
    return button(t("Refresh"), Actions.REFRESH_HOME)
