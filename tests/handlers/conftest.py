"""What every handler is tested with: the whole road, and two people on it."""

from tests.handlers.asking import two  # noqa: F401 (a fixture is found by its name)
from tests.handlers.members_modal import lena  # noqa: F401 (the same)
from tests.road import road  # noqa: F401 (the same)
