"""files.*: three steps, seen only where shared."""

from __future__ import annotations

import httpx
import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import JONAS, LENA
from tests.local.slack.conftest import BOT_TOKEN, Api, Json

CONTENT = b"task,hours\nReport,2\n"


async def uploaded(api: Api, http: httpx.AsyncClient) -> str:
    """The id of a file whose content was sent."""
    ticket = await api.form("files.getUploadURLExternal", filename="hours.csv", length=str(len(CONTENT)))
    assert (await http.post(ticket["upload_url"], content=CONTENT)).status_code == 200
    return str(ticket["file_id"])


async def test_a_file_is_shared_in_a_conversation(api: Api, http: httpx.AsyncClient, slack: LocalSlack) -> None:
    file_id = await uploaded(api, http)
    answer = await api.call(
        "files.completeUploadExternal",
        files=[{"id": file_id, "title": "Hours"}],
        channel_id="D0JONASWEBE",
        initial_comment="Your week",
    )
    (file,) = answer["files"]
    assert (file["title"], file["mimetype"], file["ims"]) == ("Hours", "text/csv", ["D0JONASWEBE"])
    message = slack.world.seen_by(JONAS, "D0JONASWEBE")[-1]
    assert (message.text, message.files) == ("Your week", [file_id])
    private = file["url_private"]
    assert (await http.get(private)).status_code == 404
    assert (await http.get(private, headers={"Authorization": f"Bearer {BOT_TOKEN}"})).content == CONTENT
    assert (await http.get(private, params={"as": JONAS})).content == CONTENT
    assert (await http.get(private, params={"as": LENA})).status_code == 404


async def test_a_multipart_upload_works_too(api: Api, http: httpx.AsyncClient) -> None:
    ticket = await api.form("files.getUploadURLExternal", filename="hours.csv", length=str(len(CONTENT)))
    sent = await http.post(ticket["upload_url"], files={"filename": ("hours.csv", CONTENT)})
    assert sent.text == f"OK - {len(CONTENT)}"


async def test_the_length_must_be_what_was_announced(api: Api, http: httpx.AsyncClient) -> None:
    ticket = await api.form("files.getUploadURLExternal", filename="hours.csv", length="3")
    assert (await http.post(ticket["upload_url"], content=CONTENT)).status_code == 400
    done = await api.call("files.completeUploadExternal", files=[{"id": ticket["file_id"]}])
    assert done["error"] == "file_not_found"


@pytest.mark.parametrize(
    "arguments",
    [{"filename": "x", "length": "0"}, {"filename": "x", "length": "many"}, {"length": "3"}, {"filename": "x"}],
)
async def test_an_upload_needs_name_and_length(api: Api, arguments: Json) -> None:
    assert (await api.form("files.getUploadURLExternal", **arguments))["error"] == "invalid_arguments"


async def test_a_file_is_completed_once(api: Api, http: httpx.AsyncClient) -> None:
    file_id = await uploaded(api, http)
    assert (await api.call("files.completeUploadExternal", files=[{"id": file_id}]))["ok"] is True
    assert (await api.call("files.completeUploadExternal", files=[{"id": file_id}]))["error"] == "file_not_found"
    assert (await http.post(f"/upload/v1/{file_id}", content=CONTENT)).status_code == 404


async def test_a_deleted_file_is_gone_from_its_message(api: Api, http: httpx.AsyncClient, slack: LocalSlack) -> None:
    file_id = await uploaded(api, http)
    await api.call("files.completeUploadExternal", files=[{"id": file_id}], channel_id="D0JONASWEBE")
    assert (await api.form("files.info", file=file_id))["file"]["id"] == file_id
    assert (await api.call("files.delete", file=file_id))["ok"] is True
    assert slack.world.messages["D0JONASWEBE"][-1].files == []
    assert (await api.form("files.info", file=file_id))["error"] == "file_not_found"
