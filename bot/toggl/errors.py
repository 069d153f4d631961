"""Everything that can go wrong with Toggl, each with its sentence for people and what it means for their data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from bot.errors import UserError
from bot.i18n import N_


@dataclass(frozen=True, slots=True)
class Trouble:
    """The circumstances of a failure. `words` are Toggl's own, plain text, cut; `code` is Focus's short name for it."""

    operation: str
    status: int | None = None
    words: str = ""
    code: str = ""
    trace_id: str | None = None


class TogglError(UserError):
    """A call to Toggl failed.

    `may_have_had_effect`: true where it is unknown whether Toggl did what was asked. Holds no credential and no body.
    """

    may_have_had_effect: ClassVar[bool] = False

    def __init__(self, trouble: Trouble, **values: Any) -> None:
        super().__init__(**values)
        self.trouble = trouble

    @property
    def operation(self) -> str:
        """The `operationId`."""
        return self.trouble.operation

    @property
    def status(self) -> int | None:
        """The HTTP status; None where there was no answer."""
        return self.trouble.status

    @property
    def words(self) -> str:
        """What Toggl said about it; may be empty."""
        return self.trouble.words

    @property
    def code(self) -> str:
        """Focus's short name of the error, for example `required_fields_missing`; may be empty."""
        return self.trouble.code

    @property
    def trace_id(self) -> str | None:
        """What Toggl's support asks for."""
        return self.trouble.trace_id

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.trouble!r})"


class CredentialMissing(TogglError):
    """No credential given is for the product that serves the operation; nothing was sent."""

    sentence = N_("This needs {product}, which is not connected yet. Nothing was saved. Connect it, then try again.")


class CredentialRefused(TogglError):
    """401, or Track's 403 for a wrong token or password."""

    sentence = N_("{product} no longer accepts your key. Nothing was saved. Reconnect your account.")


class Forbidden(TogglError):
    """403: the credential is right and its owner has no right to this."""

    sentence = N_("Toggl does not allow you to do this. Nothing was saved. An admin of the workspace can.")


class NotFound(TogglError):
    """404: gone, never there, or not visible to this person."""

    sentence = N_("Toggl cannot find this. Nothing was saved. It may have been deleted, or it is not shared with you.")


class NothingRunning(NotFound):
    """404 to `stop_tracking`."""

    sentence = N_("No timer is running. Nothing was saved.")


class QuotaSpent(TogglError):
    """402 with nothing remaining, or known to be so without asking. `resets_at` is aware."""

    sentence = N_("Toggl’s hourly limit for your plan is used up. Nothing was saved. It resets in {minutes} min.")

    def __init__(self, trouble: Trouble, *, resets_at: datetime, minutes: int) -> None:
        super().__init__(trouble, minutes=minutes)
        self.resets_at = resets_at


class QuotaReserved(QuotaSpent):
    """A job asked for a call out of the rest that is kept for people; nothing was sent."""

    sentence = N_("The rest of Toggl’s hourly limit is kept for people. Nothing was saved. It resets in {minutes} min.")


class PaidFeature(TogglError):
    """402 while calls remain: the workspace's plan does not include this."""

    sentence = N_("This is not part of your Toggl plan. Nothing was saved. A workspace owner can change the plan.")


class RateLimited(TogglError):
    """429, or a slot too far away. `retry_after` is in seconds."""

    sentence = N_("Toggl asks me to slow down. Nothing was saved. Try again in {seconds} s.")
    retry = True

    def __init__(self, trouble: Trouble, *, retry_after: float) -> None:
        super().__init__(trouble, seconds=max(1, round(retry_after)))
        self.retry_after = retry_after


class Refused(TogglError):
    """400, 409, 422 and the like: Toggl does not take what was sent."""

    sentence = N_("Toggl did not accept this: {words} Nothing was saved.")

    def __init__(self, trouble: Trouble) -> None:
        words = trouble.words or trouble.code or f"HTTP {trouble.status}"
        super().__init__(trouble, words=words if words.endswith((".", "!", "?")) else words + ".")


class TimerRunning(Refused):
    """422 or 409: a timer runs already, and this Toggl does not stop it by itself."""

    sentence = N_("A timer is already running. Nothing was saved. Stop it first, or switch.")


class Unavailable(TogglError):
    """5xx, or no connection; nothing was saved."""

    sentence = N_("Toggl cannot be reached right now. Nothing was saved. Try again in a minute.")
    retry = True


class AnswerLost(Unavailable):
    """It was sent and no answer came: Toggl may have done it.

    `ended` tells whether Toggl itself closed the matter (an error status, a closed connection): then a look-up that
    finds nothing proves that nothing was saved. After a time-out it does not: Toggl may still be at it.
    """

    sentence = N_("Toggl did not answer. This may or may not have been saved: look before you try again.")
    retry = False
    may_have_had_effect = True

    def __init__(self, trouble: Trouble, *, ended: bool) -> None:
        super().__init__(trouble)
        self.ended = ended


class UnreadableAnswer(TogglError):
    """Toggl said yes and the rest makes no sense; a read."""

    sentence = N_("Toggl’s answer could not be read. Nothing was saved. Try again in a minute.")
    retry = True


class UnreadableReceipt(UnreadableAnswer):
    """Toggl said yes to a change, and the answer cannot be read."""

    sentence = N_("Toggl accepted this, but its answer could not be read: look before you try again.")
    retry = False
    may_have_had_effect = True
