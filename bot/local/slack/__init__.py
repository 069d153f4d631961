"""A Slack for one browser."""
