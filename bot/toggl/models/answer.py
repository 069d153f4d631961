"""What all answers have in common: any field may be missing, null or unknown, and secrets stay out of the repr."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

# A time without a zone is no moment: such a field is treated like any other of a wrong type.
Moment = Annotated[datetime, Meta(tz=True)]


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
