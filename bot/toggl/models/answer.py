"""What all answers have in common: any field may be missing, null or unknown, and secrets stay out of the repr."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

# A time without a zone is no moment: such a field is treated like any other of a wrong type.
Moment = Annotated[datetime, Meta(tz=True)]
# Nor is a negative number a length, or one that no `timedelta` holds (here: longer than 1900 years).
Seconds = Annotated[int, Meta(ge=0, le=6 * 10**10)]
Minutes = Annotated[int, Meta(ge=0, le=10**9)]
Hours = Annotated[float, Meta(ge=0, le=1.6 * 10**7)]
# What is charged for a thing.
Price = Annotated[float, Meta(ge=0)]


class Answer(Struct, frozen=True, kw_only=True):
    """The base of every model of an answer. `hidden` names the fields that no repr shows."""

    hidden: ClassVar[frozenset[str]] = frozenset()

    def __repr__(self) -> str:
        shown = (
            f"{name}={'…' if name in self.hidden else repr(value)}"
            for name in self.__struct_fields__
            if (value := getattr(self, name)) is not None
        )
        return f"{type(self).__name__}({', '.join(shown)})"
