"""A typed client of Toggl Focus and Toggl Track."""
