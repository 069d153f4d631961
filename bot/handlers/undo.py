"""Take a change back: the *Undo* button, and `/track undo` for the last one."""

from __future__ import annotations

from bot.dispatcher import Answer, Message, Reply, Request
from bot.domain.tracking import Entry
from bot.handlers import subscription_undo
from bot.services import undo
from bot.services.asked import described
from bot.services.undo import ProjectStep
from bot.views import administration, entry_changes, log, project_changes, reminders, statistics_schedules
from bot.views import timer as views


async def last(request: Request) -> Answer:
    """`/track undo`: the person's last change that can be taken back."""
    return _shown(request, await undo.latest(request.context))


async def press(request: Request) -> Answer:
    """The *Undo* button of one change."""
    return _shown(request, await undo.perform(request.context, request.value))


def _shown(request: Request, undone: undo.Undone) -> Answer:
    match undone.step:
        case undo.SubscriptionUndo() | undo.ChannelSettingsUndo() | undo.MuteUndo() as step:
            return subscription_undo.taken_back(request, step)
        case undo.StartUndo() | undo.StopUndo() | undo.MoveStartUndo() as step:
            message = _timer(request, step, undone.running)
        case undo.LogUndo() | undo.ChangeUndo() | undo.ArchiveUndo() | undo.DeleteUndo() | undo.RestoreUndo() as step:
            message = _entries(request, step)
        case undo.AdministrationStep() | undo.AdministrationSteps() | undo.NewProjectStep() | undo.LogForStep() as step:
            message = administration.taken_back(request.t, described(step))
        case undo.StatisticsScheduleUndo(channel_id=channel_id, pattern=pattern, zone=zone):
            message = statistics_schedules.put_back(request.t, channel_id, pattern, zone)
        case step:
            message = _besides(request, step)
    return Reply(message, replace=True)


def _timer(
    request: Request, step: undo.StartUndo | undo.StopUndo | undo.MoveStartUndo, running: Entry | None
) -> Message:
    match step:
        case undo.StartUndo(started):
            return views.start_undone(request.t, undo.entry_of(started), running=running)
        case undo.StopUndo(stopped):
            return views.stop_undone(request.t, running or undo.entry_of(stopped))
        case undo.MoveStartUndo(entry):
            return views.move_undone(request.t, running or undo.entry_of(entry))


def _entries(
    request: Request, step: undo.LogUndo | undo.ChangeUndo | undo.ArchiveUndo | undo.DeleteUndo | undo.RestoreUndo
) -> Message:
    match step:
        case undo.LogUndo(logged):
            return log.undone(request.t, [undo.entry_of(then) for then in logged])
        case undo.ChangeUndo(changes):
            return entry_changes.change_undone(request.t, [before for before, _ in changes])
        case undo.ArchiveUndo(entry, was_archived):
            return entry_changes.archive_undone(request.t, entry, archived=was_archived)
        case undo.DeleteUndo(gone):
            return entry_changes.delete_undone(request.t, gone)
        case undo.RestoreUndo(restored):
            return entry_changes.restore_undone(request.t, restored)


def _besides(request: Request, step: ProjectStep | undo.RemindersUndo) -> Message:
    match step:
        case undo.RemindersUndo(rule=rule, removed=removed):
            return reminders.undone(request.t, made=rule, back=removed)
        case undo.ProjectChangeUndo(_, name, change):
            return project_changes.taken_back(request.t, change, name)
        case undo.ProjectCreateUndo(project):
            return project_changes.create_undone(request.t, project.name)
        case undo.ProjectEditUndo(before, after):
            return project_changes.edit_undone(request.t, before, after)
        case undo.ProjectMembersUndo(did=did, project=name, names=names):
            return project_changes.team_undone(request.t, did, name, names)
        case undo.DefaultProjectUndo(before=name_before):
            return project_changes.default_undone(request.t, name_before)
