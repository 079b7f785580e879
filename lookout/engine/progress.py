"""What a person sees while a long step runs: one updating line on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import TextIO

LINE_INTERVAL_SECONDS = 15.0  # in a CI log: often enough to show life, rarely enough to read
REDRAW_INTERVAL_SECONDS = 0.2


class Progress:
    """Reports milestones with `say` and the state of a running step with `tick`.

    `say` is where finished lines go. `terminal`, when given, is a stream on which one line may be drawn over again.
    """

    def __init__(self, say: Callable[[str], None], terminal: TextIO | None = None) -> None:
        self._say = say
        self._terminal = terminal
        self._line_is_open = False
        self._last_tick: float | None = None

    @classmethod
    def on(cls, stream: TextIO, *, redraw: bool) -> Progress:
        """Report on `stream`; `redraw` only where it is a terminal that a person watches."""

        def say(text: str) -> None:
            print(text, file=stream, flush=True)

        return cls(say, stream if redraw else None)

    def say(self, text: str) -> None:
        """Print one finished line."""
        self.close_line()
        self._say(text)

    def tick(self, text: str) -> None:
        """Show what is going on now; called as often as the caller likes, shown as often as is readable."""
        now = time.monotonic()
        interval = REDRAW_INTERVAL_SECONDS if self._terminal else LINE_INTERVAL_SECONDS
        if self._last_tick is None:
            self._last_tick = now - (interval if self._terminal else 0)
        if now - self._last_tick < interval:
            return
        self._last_tick = now
        self._show(text)

    def close_line(self) -> None:
        """Wipe the updating line, if there is one, so that the next output starts clean."""
        if self._terminal and self._line_is_open:
            self._terminal.write("\r\x1b[K")
            self._terminal.flush()
        self._line_is_open = False
        self._last_tick = None

    def _show(self, text: str) -> None:
        if not self._terminal:
            self._say(f"  {text}")
            return
        width = shutil.get_terminal_size().columns - 3
        self._terminal.write(f"\r\x1b[K  {text[:width]}")
        self._terminal.flush()
        self._line_is_open = True
