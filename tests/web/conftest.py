"""What addresses are tested with: a road of real parts, or one with a fake Slack and handlers of a test."""

from tests.dispatcher.conftest import caplog_json, serve, slack  # noqa: F401 (fixtures are found by name)
from tests.road import road  # noqa: F401 (the same)
