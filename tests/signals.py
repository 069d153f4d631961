"""The signals that a process of a test hears, as if somebody had started it in a terminal."""

from __future__ import annotations

import signal


def as_in_a_terminal() -> None:
    """For `preexec_fn`: what runs in the background, as tests may, hands on that it ignores these."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
