"""What keeps the repository true: run by make, never by the bot."""
