"""What the bot keeps, on SQLite or PostgreSQL."""
