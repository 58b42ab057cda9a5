"""What the app draws goes to the terminal by a descriptor of its own.

Textual draws on standard error. While PortAudio starts, sounddevice turns the descriptor of standard error to nowhere,
so that ALSA's complaints are not seen; what is drawn in that time would be lost, and the screen below shows through.
"""

import os
import sys
from io import TextIOWrapper

from textual.driver import Driver


def own_copy(stream: TextIOWrapper) -> TextIOWrapper:
    """A stream to where `stream` goes now, wherever its descriptor is turned to later; close it in the end."""
    return open(os.dup(stream.fileno()), "w", encoding=stream.encoding, errors=stream.errors)  # noqa: PTH123 - no path


def drawing(driver: type[Driver]) -> type[Driver]:
    """`driver`, holding the terminal by itself; as it is where it draws on something else than standard error."""
    if sys.platform == "win32":
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    class OwnTerminal(LinuxDriver):
        """Draws on a copy of the descriptor that standard error has when the app begins."""

        _own: TextIOWrapper | None = None

        def start_application_mode(self) -> None:
            """Begin to draw."""
            if self._own is None and sys.__stderr__ is not None:
                self._own = self._file = own_copy(sys.__stderr__)
            super().start_application_mode()  # type: ignore[no-untyped-call]

        def close(self) -> None:
            """End; the copy goes when all is written."""
            super().close()
            if self._own is not None:
                self._own.close()
                self._own, self._file = None, sys.__stderr__

    return OwnTerminal if driver is LinuxDriver else driver
