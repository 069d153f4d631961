"""A Toggl that answers as the documents say."""
