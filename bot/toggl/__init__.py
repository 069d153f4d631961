"""A typed client of Toggl Focus and Toggl Track."""

from bot.toggl.cache import Cache
from bot.toggl.client import Toggl, Workspace
from bot.toggl.credentials import Credential, FocusKey, Password, TrackToken, find_credential, fingerprint
from bot.toggl.endpoints import Endpoints
from bot.toggl.errors import (
    AnswerLost,
    CredentialMissing,
    CredentialRefused,
    Forbidden,
    NotFound,
    NothingRunning,
    PaidFeature,
    QuotaReserved,
    QuotaSpent,
    RateLimited,
    Refused,
    TimerRunning,
    TogglError,
    Trouble,
    Unavailable,
    UnreadableAnswer,
    UnreadableReceipt,
)
from bot.toggl.operations import Product
from bot.toggl.quota import Ledger, MemoryLedger, Quota, Spending
from bot.toggl.transport import Http, Patience, open_http

__all__ = [
    "AnswerLost",
    "Cache",
    "Credential",
    "CredentialMissing",
    "CredentialRefused",
    "Endpoints",
    "FocusKey",
    "Forbidden",
    "Http",
    "Ledger",
    "MemoryLedger",
    "NotFound",
    "NothingRunning",
    "PaidFeature",
    "Password",
    "Patience",
    "Product",
    "Quota",
    "QuotaReserved",
    "QuotaSpent",
    "RateLimited",
    "Refused",
    "Spending",
    "TimerRunning",
    "Toggl",
    "TogglError",
    "TrackToken",
    "Trouble",
    "Unavailable",
    "UnreadableAnswer",
    "UnreadableReceipt",
    "Workspace",
    "find_credential",
    "fingerprint",
    "open_http",
]
