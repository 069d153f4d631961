"""Tests of the local Toggl."""
