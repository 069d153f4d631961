"""Undo: what a change leaves behind, and taking it back."""

from bot.domain.administration import AdministrationStep, AdministrationSteps
from bot.services.undo.actions import INVERSES, Undone, do, latest, perform, record, standing, tell
from bot.services.undo.problems import AlreadyUndone, ChangedMeanwhile, NothingToUndo, UndoneHalfway
from bot.services.undo.project_steps import (
    DefaultProjectUndo,
    ProjectChangeUndo,
    ProjectCreateUndo,
    ProjectEditUndo,
    ProjectMembersUndo,
    ProjectStep,
)
from bot.services.undo.projects import OtherDefault
from bot.services.undo.requested import LogForStep, Logged, NewProjectStep
from bot.services.undo.steps import (
    ArchiveUndo,
    ChangeUndo,
    DeleteUndo,
    LogUndo,
    MoveStartUndo,
    RemindersUndo,
    RestoreUndo,
    Snapshot,
    StartUndo,
    StatisticsScheduleUndo,
    Step,
    StopUndo,
    entry_of,
    snapshot,
)
from bot.services.undo.subscription_steps import ChannelSettingsUndo, MuteUndo, SubscriptionStep, SubscriptionUndo
from bot.services.undo.subscriptions import OtherUpdates
from bot.services.undo.timer import OtherTimerRuns, restart

__all__ = [
    "INVERSES",
    "AdministrationStep",
    "AdministrationSteps",
    "AlreadyUndone",
    "ArchiveUndo",
    "ChangeUndo",
    "ChangedMeanwhile",
    "ChannelSettingsUndo",
    "DefaultProjectUndo",
    "DeleteUndo",
    "LogForStep",
    "LogUndo",
    "Logged",
    "MoveStartUndo",
    "MuteUndo",
    "NewProjectStep",
    "NothingToUndo",
    "OtherDefault",
    "OtherTimerRuns",
    "OtherUpdates",
    "ProjectChangeUndo",
    "ProjectCreateUndo",
    "ProjectEditUndo",
    "ProjectMembersUndo",
    "ProjectStep",
    "RemindersUndo",
    "RestoreUndo",
    "Snapshot",
    "StartUndo",
    "StatisticsScheduleUndo",
    "Step",
    "StopUndo",
    "SubscriptionStep",
    "SubscriptionUndo",
    "Undone",
    "UndoneHalfway",
    "do",
    "entry_of",
    "latest",
    "perform",
    "record",
    "restart",
    "snapshot",
    "standing",
    "tell",
]
