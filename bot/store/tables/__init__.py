"""The tables, an area a file."""

from bot.store.tables.administration import AdminRequest, AuditErasure, AuditRow
from bot.store.tables.base import AUTOINCREMENT, Table
from bot.store.tables.core import (
    Account,
    Channel,
    Consent,
    CredentialRow,
    InstallationRow,
    OAuthState,
    QuotaRow,
    Receipt,
    SeenEvent,
    TicketRow,
    UndoAction,
    Workspace,
)
from bot.store.tables.project_updates import ProjectSnapshot, ProjectUpdate, Webhook
from bot.store.tables.reminders import ReminderPreferences
from bot.store.tables.schedules import Delivery, Schedule, Worker
from bot.store.tables.subscriptions import ChannelUpdates, Mute, Subscription

__all__ = [
    "AUTOINCREMENT",
    "Account",
    "AdminRequest",
    "AuditErasure",
    "AuditRow",
    "Channel",
    "ChannelUpdates",
    "Consent",
    "CredentialRow",
    "Delivery",
    "InstallationRow",
    "Mute",
    "OAuthState",
    "ProjectSnapshot",
    "ProjectUpdate",
    "QuotaRow",
    "Receipt",
    "ReminderPreferences",
    "Schedule",
    "SeenEvent",
    "Subscription",
    "Table",
    "TicketRow",
    "UndoAction",
    "Webhook",
    "Worker",
    "Workspace",
]
