"""The tables, an area a file."""

from bot.store.tables.base import AUTOINCREMENT, Table
from bot.store.tables.core import (
    Account,
    Channel,
    Consent,
    CredentialRow,
    InstallationRow,
    QuotaRow,
    Receipt,
    SeenEvent,
    TicketRow,
    UndoAction,
    Workspace,
)

__all__ = [
    "AUTOINCREMENT",
    "Account",
    "Channel",
    "Consent",
    "CredentialRow",
    "InstallationRow",
    "QuotaRow",
    "Receipt",
    "SeenEvent",
    "Table",
    "TicketRow",
    "UndoAction",
    "Workspace",
]
