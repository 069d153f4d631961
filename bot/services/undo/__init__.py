"""Undo: what a change leaves behind, and taking it back."""

from bot.services.undo.actions import INVERSES, Undone, latest, perform, record
from bot.services.undo.problems import AlreadyUndone, ChangedMeanwhile, NothingToUndo, UndoneHalfway
from bot.services.undo.steps import MoveStartUndo, Snapshot, StartUndo, Step, StopUndo, entry_of, snapshot
from bot.services.undo.timer import OtherTimerRuns, restart

__all__ = [
    "INVERSES",
    "AlreadyUndone",
    "ChangedMeanwhile",
    "MoveStartUndo",
    "NothingToUndo",
    "OtherTimerRuns",
    "Snapshot",
    "StartUndo",
    "Step",
    "StopUndo",
    "Undone",
    "UndoneHalfway",
    "entry_of",
    "latest",
    "perform",
    "record",
    "restart",
    "snapshot",
]
