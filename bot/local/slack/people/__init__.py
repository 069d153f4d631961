"""What people do in the workspace, one file per kind of action."""
