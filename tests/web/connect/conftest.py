"""The fixtures of connecting."""

from tests.handlers.connecting import has_page, road, slack  # noqa: F401 (fixtures are found by name)
