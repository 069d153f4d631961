"""The fixtures of connecting, on both databases."""

from tests.services.connecting import acting, ann, bob, connections, store  # noqa: F401 (fixtures are found by name)
