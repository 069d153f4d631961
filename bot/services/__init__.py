"""Use cases: what the bot can do for a person, without a word of Slack."""
