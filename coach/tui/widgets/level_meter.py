"""The level meter: how loud, and in words whether it is silent, too quiet, good or clipping."""

from textual.widgets import Static

from coach.domain.take import Level

FLOOR_DB = -60.0
SILENT_DB = -50.0
QUIET_DB = -36.0
CLIP_HOLD_S = 1.5
SILENCE_AFTER_S = 3.0
"""Seconds below SILENT_DB before the meter says so: a short pause to think is fine."""


def meter_bar(peak_db: float, width: int) -> str:
    """A bar for a peak between FLOOR_DB and 0 dBFS."""
    share = min(1.0, max(0.0, (peak_db - FLOOR_DB) / -FLOOR_DB))
    filled = round(share * width)
    return "█" * filled + "░" * (width - filled)


class LevelMeter(Static):
    """Shows the newest level."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__("", id=id, markup=False)
        self._clipped_at = -CLIP_HOLD_S
        self._heard_at = 0.0

    def reset(self) -> None:
        """Forget the take before."""
        self._clipped_at, self._heard_at = -CLIP_HOLD_S, 0.0
        self.set_classes("")
        self.update("microphone  " + meter_bar(FLOOR_DB, 30))

    def show(self, level: Level) -> None:
        """Show one level."""
        if level.clipped:
            self._clipped_at = level.at_s
        if level.rms_db > SILENT_DB:
            self._heard_at = level.at_s
        if level.at_s - self._clipped_at < CLIP_HOLD_S:
            word, style = "too loud: move back a little", "-clipping"
        elif level.at_s - self._heard_at > SILENCE_AFTER_S:
            word, style = "I hear nothing", "-silent"
        elif level.peak_db < QUIET_DB:
            word, style = "quiet", "-quiet"
        else:
            word, style = "good", "-good"
        self.set_classes(style)
        self.update(f"microphone  {meter_bar(level.peak_db, 30)}  {word}")
