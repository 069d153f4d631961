"""Tells a database that does not answer from a mistake of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy.exc

from bot.errors import UserError
from bot.i18n import N_

SQLITE_OUTAGES = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN")
SQLITE_WRITE_PROTECTED = "SQLITE_READONLY"
"""An outage for whoever may write; a mistake of ours where only reading was asked for."""


class StoreUnavailable(UserError):
    """The database did not answer, or not in time. Where the commit was lost, it may still have taken effect."""

    sentence = N_("I cannot reach my own database right now. Please try again in a minute.")


@contextmanager
def outages_told(*, writing: bool = False) -> Iterator[None]:
    """Raise StoreUnavailable in the place of what SQLAlchemy raises where the database does not answer.

    `writing` tells that something may be written inside.
    """
    outages = (*SQLITE_OUTAGES, SQLITE_WRITE_PROTECTED) if writing else SQLITE_OUTAGES
    try:
        yield
    except (sqlalchemy.exc.OperationalError, sqlalchemy.exc.InterfaceError) as error:
        # SQLite reports faults of ours (no such table) by the same class as an outage.
        name = getattr(error.orig, "sqlite_errorname", None)
        if name is not None and not name.startswith(outages):
            raise
        raise StoreUnavailable from error
    except sqlalchemy.exc.TimeoutError as error:
        raise StoreUnavailable from error
