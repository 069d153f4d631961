"""What every test of project updates starts from."""

from tests.jobs.project_updates.following import town  # noqa: F401 (a fixture is found by its name)
