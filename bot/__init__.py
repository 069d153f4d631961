"""A Slack bot for people who track time with Toggl."""
