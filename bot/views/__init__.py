"""Pure functions from records to Block Kit."""
