"""What the bot keeps, on SQLite or PostgreSQL."""

from bot.store.cipher import Cipher, KeyLost, SealBrokenError
from bot.store.credentials import Credential
from bot.store.engines import connect_queues
from bot.store.installations import Installation
from bot.store.outages import StoreUnavailable, outages_told
from bot.store.pruning import Pruned, prune
from bot.store.quotas import Ledger
from bot.store.rotation import Rotated, check_keys, rotate_keys
from bot.store.schema import SchemaMismatchError, head_revision, migrate
from bot.store.store import Session, Store
from bot.store.tables import Account, Channel, UndoAction, Workspace
from bot.store.tenants import forget_tenant
from bot.store.tickets import NewTicket, Ticket

__all__ = [
    "Account",
    "Channel",
    "Cipher",
    "Credential",
    "Installation",
    "KeyLost",
    "Ledger",
    "NewTicket",
    "Pruned",
    "Rotated",
    "SchemaMismatchError",
    "SealBrokenError",
    "Session",
    "Store",
    "StoreUnavailable",
    "Ticket",
    "UndoAction",
    "Workspace",
    "check_keys",
    "connect_queues",
    "forget_tenant",
    "head_revision",
    "migrate",
    "outages_told",
    "prune",
    "rotate_keys",
]
