"""What can be chosen on this machine."""

from coach.config import Home
from coach.errors import CoachError


def microphones() -> tuple[tuple[str, ...], str]:
    """The names of all microphones, and a sentence when they cannot be listed."""
    from coach.audio.devices import input_devices

    try:
        return tuple(dict.fromkeys(device.name for device in input_devices())), ""
    except CoachError as error:
        return (), str(error)


def models(home: Home) -> tuple[tuple[str, str], ...]:
    """Installed recognisers, as (what to show, name)."""
    from coach.speech.models import listed

    return tuple((f"{m.name} ({m.size_bytes / 1e6:.0f} MB)", m.name) for m in listed(home) if m.installed)
