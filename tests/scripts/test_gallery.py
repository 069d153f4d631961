"""The gallery starts, has every sample on its page, and ends with Ctrl-C."""

from __future__ import annotations

import re
import signal
import subprocess
import sys

import httpx

from tests.signals import as_in_a_terminal
from tests.views.samples import Studio, samples, translator


def test_the_gallery_has_a_channel_for_each_feature_and_ends_when_told_to() -> None:
    command = [sys.executable, "-m", "scripts.gallery", "--port", "0", "--language", "de"]
    with subprocess.Popen(  # noqa: S603 (our own command)
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=as_in_a_terminal,  # noqa: PLW1509 (no more than signals)
    ) as process:
        assert process.stdout
        said = ""
        while not (found := re.search(r"http://\S+", said)) and (line := process.stdout.readline()):
            said += line
        assert found, said
        page = httpx.get(found.group(), follow_redirects=True).text
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said + rest
    shown = samples(Studio(translator("de")))
    for feature in {sample.feature for sample in shown}:
        assert feature.replace("_", "-") in page
    assert all(sample.name in page for sample in shown if sample.feature == shown[0].feature)
