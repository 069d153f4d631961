from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

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


ADDS = {"create_table", "create_index", "add_column", "f", "get_bind", "execute", "batch_alter_table"}
"""What leaves the version before everything that it reads and writes; `execute` makes the audit log's triggers."""


@pytest.mark.parametrize("path", sorted((MIGRATIONS / "versions").glob("r*.py"))[1:], ids=lambda path: path.stem)
def test_a_revision_only_adds_what_the_version_before_need_not_know(path: Path) -> None:
    """Processes of the version before go on while it runs, and until they are restarted."""
    [upgrade] = [
        part
        for part in ast.parse(path.read_text("utf-8")).body
        if isinstance(part, ast.FunctionDef) and part.name == "upgrade"
    ]
    for call in [part for part in ast.walk(upgrade) if isinstance(part, ast.Call)]:
        if not isinstance(call.func, ast.Attribute):
            continue
        if isinstance(call.func.value, ast.Name) and call.func.value.id in {"op", "batch_op"}:
            assert call.func.attr in ADDS, ast.unparse(call)
        if call.func.attr == "add_column":
            column = call.args[-1]
            assert isinstance(column, ast.Call)
            given = {word.arg: word.value for word in column.keywords}
            optional = given.get("nullable")
            assert (isinstance(optional, ast.Constant) and optional.value is True) or "server_default" in given
