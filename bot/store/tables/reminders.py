"""How people want to be reminded."""

from datetime import datetime

from sqlmodel import Field

from bot.store.columns import Moment
from bot.store.tables.base import Table


class ReminderPreferences(Table, table=True):
    """What a person set for all of their reminders: JSON, as the domain writes it. The reminders are schedules."""

    __tablename__ = "reminder_preferences"

    account_id: int = Field(primary_key=True, foreign_key="accounts.id", ondelete="CASCADE")
    settings: str = "{}"
    updated_at: datetime = Field(sa_type=Moment)
