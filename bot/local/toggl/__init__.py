"""A Toggl that answers as the documents say: Focus, Track and webhooks, under `/api`, `/api/v9`, `/webhooks/api/v1`.

`create_app(…)` makes the ASGI app; its `app.state.toggl` is a `LocalToggl`, by which tests in the same process look and
meddle. Who is here, and with which credentials, stands in `company.py` and on the page at `/`.

From outside the same is done by HTTP, without a credential, but not by other sites' pages in a browser; a body is JSON,
what it may hold stands in `control.py`:

| request | does |
|---|---|
| `GET /local/calls`, `DELETE /local/calls` | every API call so far; forget them |
| `POST /local/faults` | `{operation?, method?, path?, times?, delay?, status?, headers?, body?, effect?, drop?}` |
| `DELETE /local/faults` | nothing fails any more |
| `PUT /local/profile` | `{profile, echoes?}`: `pages` or `2026-08`; whether bodiless creations answer the object |
| `PUT /local/quota` | `{person, remaining, me?}`: calls left of this hour |
| `PUT /local/limit` | `{limited, burst?}`: Track's leaky bucket |
| `PUT /local/plan` | `{plan, workspace?}` |
| `PUT /local/constraints` | `{fields, workspace?}`: entries must have `description`, `project`, `tag`, `task` |
| `PUT /local/clock` | `{now}` |
| `GET /local/running` | what runs, by person |
| `POST /local/reset` | the seeded company anew |
"""

from bot.local.toggl.app import create_app
from bot.local.toggl.local import LocalToggl

__all__ = ["LocalToggl", "create_app"]
