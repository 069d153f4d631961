"""The road from a Slack request to a handler and back; the only place that answers Slack."""
