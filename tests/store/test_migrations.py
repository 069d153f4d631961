from __future__ import annotations

import shutil
from pathlib import Path

from bot.store.migrations.__main__ import propose
from bot.store.schema import MIGRATIONS


def _without_the_newest(folder: Path) -> Path:
    """The migrations as they were before the revision that made the tables."""
    copy = Path(shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("r0*", "__pycache__")))
    assert not list((copy / "versions").glob("r*.py"))
    return copy


def test_a_proposed_revision_makes_what_the_models_have_and_the_tables_lack(tmp_path: Path) -> None:
    path = propose("Begin anew", _without_the_newest(tmp_path))
    proposed = path.read_text()
    assert path.name == "r0001_begin_anew.py"
    assert '"""Begin anew."""' in proposed
    assert "op.create_table('accounts'" in proposed
    assert "sa.Column('secret', sa.Text(), nullable=False)" in proposed
    assert "sa.Column('created_at', sa.DateTime(timezone=True), nullable=False)" in proposed
    assert "sqlmodel" not in proposed
    assert "bot.store" not in proposed


def test_nothing_is_proposed_where_models_and_tables_agree(tmp_path: Path) -> None:
    migrations = Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))
    so_far = len(list((migrations / "versions").glob("r*.py")))
    proposed = propose("Nothing", migrations)
    assert proposed.name == f"r{so_far + 1:04}_nothing.py"
    assert "op." not in proposed.read_text()
