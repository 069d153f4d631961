"""What all tables share. Ids are never used twice, so that an id kept elsewhere cannot come to mean another person."""

from typing import ClassVar

from sqlalchemy import MetaData
from sqlmodel import SQLModel

AUTOINCREMENT = {"sqlite_autoincrement": True}


class Table(SQLModel):
    """What all tables share: one metadata of our own, with constraint names that migrations can rely on."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
