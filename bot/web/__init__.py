"""The ASGI application: Slack's endpoint, the connect page, health."""
