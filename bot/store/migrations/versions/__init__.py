"""The revisions, from first to last."""
