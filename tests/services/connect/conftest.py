"""The fixtures of connecting, on both databases."""

from tests.services.connecting import acting, ann, bob, connections, store  # noqa: F401 (fixtures are found by name)
from tests.store.postgres import database_url, migrated_postgres, migrated_sqlite, postgres  # noqa: F401 (the same)
