"""Write the next revision from what the models have and the migrated tables lack: `python -m bot.store.migrations`."""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.store.schema import MIGRATIONS, config


def propose(message: str, migrations: Path = MIGRATIONS) -> Path:
    """Write the revision that `message` describes, for a person to read and correct, and give its file."""
    head = ScriptDirectory(str(migrations)).get_current_head() or "0"
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        alembic = config(connection, migrations)
        command.upgrade(alembic, "head")
        written = command.revision(alembic, message, autogenerate=True, rev_id=f"{int(head) + 1:04}")
    engine.dispose()
    if written is None or isinstance(written, list):
        raise RuntimeError("one revision was expected")
    return Path(written.path)


if __name__ == "__main__":
    sys.stdout.write(f"{propose(' '.join(sys.argv[1:]))}\n")
