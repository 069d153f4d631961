"""What every handler is tested with: the whole road."""

from tests.road import road  # noqa: F401 (a fixture is found by its name)
