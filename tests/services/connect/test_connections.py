"""From stored credentials to the client that acts with them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.services import connect
from bot.services.connections import Connections, closed, open_toggl, opened
from bot.store import Account, Store
from bot.store import Credential as StoredCredential
from bot.toggl import Credential, FocusKey, Password, TrackToken
from tests.conftest import ServedToggl
from tests.services.connecting import ADMIN_KEY, ADMIN_TOKEN, Acting

secrets = st.text(min_size=1, max_size=50)


@given(st.builds(FocusKey, secrets) | st.builds(TrackToken, secrets) | st.builds(Password, secrets, secrets))
def test_a_credential_comes_back_as_it_was_kept(credential: Credential) -> None:
    kind, secret = closed(credential)
    stored = StoredCredential(1, kind, secret, "", "", created_at=datetime(2026, 11, 12, tzinfo=UTC))
    assert opened(stored) == credential


async def test_without_anything_linked_nothing_opens(store: Store, connections: Connections, ann: Account) -> None:
    found = await open_toggl(store, connections, account_id=ann.id)
    assert (found.focus, found.track) == (None, None)


async def test_each_product_opens_with_its_own_credential_and_number(
    store: Store, connections: Connections, ann: Account, acting: Acting, toggl: ServedToggl
) -> None:
    await connect.connect_here(acting(ann), 0, ADMIN_KEY)
    alone = await open_toggl(store, connections, account_id=ann.id)
    assert alone.track is None
    await connect.connect_here(acting(ann), 0, ADMIN_TOKEN)
    both = await open_toggl(store, connections, account_id=ann.id)
    assert both.focus is not None
    assert both.track is not None
    toggl.calls.clear()
    await both.focus.tracking.current()
    assert (await both.track.settings.get()).name == "Nordlicht Studio"
    assert [called.person for called in toggl.calls] == ["admin", "admin"]


def test_how_toggl_is_reached_is_in_no_repr(connections: Connections) -> None:
    assert "http=" not in repr(connections)
    assert "ledger=" not in repr(connections)
