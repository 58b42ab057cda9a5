"""The large clock with the zones of the question's time band."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Digits, Static

from coach.domain.question import TimeBand
from coach.practice.delivery import clock_text

ZONES = ("short", "right", "long", "too_long")


def zone_text(band: TimeBand, seconds: float) -> str:
    """What to do now, in words, since colour is never the only sign."""
    return {
        "short": f"under {band.low_s:.0f} s: tell your story",
        "right": f"{band.low_s:.0f} to {band.high_s:.0f} s: a good moment to close",
        "long": f"over {band.high_s:.0f} s: say your last sentence",
        "too_long": f"over {band.stop_s:.0f} s: stop now",
    }[band.zone(seconds)]


def zone_bar(band: TimeBand, seconds: float, width: int) -> str:
    """A line with the zones' bounds and where the clock stands: filled up to now, `|` at each bound."""
    full = band.stop_s * 1.1
    here = min(width, int(width * seconds / full))
    bounds = {min(width - 1, int(width * s / full)) for s in (band.low_s, band.high_s, band.stop_s)}
    return "".join("┃" if i in bounds else "━" if i < here else "╌" for i in range(width))


class Clock(Vertical):
    """Shows seconds as large digits, with the zone in words and as a line."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._band = TimeBand()

    def compose(self) -> ComposeResult:
        """Digits, zone line, zone in words."""
        yield Digits("0:00", id="clock-digits")
        yield Static("", id="clock-bar", markup=False)
        yield Static("", id="clock-zone", markup=False)

    def show(self, band: TimeBand, seconds: float, running: bool) -> None:
        """Show `seconds` against `band`."""
        zone = band.zone(seconds)
        for name in ZONES:
            self.set_class(running and name == zone, f"zone-{name}")
        self.query_one(Digits).update(clock_text(seconds))
        self.query_one("#clock-bar", Static).update(zone_bar(band, seconds, 44))
        aim = f"aim for {band.low_s:.0f} to {band.high_s:.0f} s"
        self.query_one("#clock-zone", Static).update(zone_text(band, seconds) if running else aim)
