"""Microphones and loudspeakers, by sounddevice: the only module that imports it.

PortAudio's rules: the callback may not allocate much, lock, write files or raise; ours copies bytes and returns.
"""

import contextlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from coach.domain.take import SAMPLE_RATE
from coach.errors import AudioError

USE_A_FILE = "Or answer with a recorded file: coach practice --input FILE.wav"


_ALLOW = {
    "darwin": "Allow it in System Settings, Privacy & Security, Microphone.",
    "win32": "Allow it in Settings, Privacy, Microphone, and plug the microphone in.",
}


def mend_library(platform: str = sys.platform) -> str:
    """What to do when PortAudio is missing."""
    if platform.startswith("linux"):
        return f"Install it with: sudo apt install libportaudio2. {USE_A_FILE}"
    return f"Install coach again in a new environment; it brings PortAudio with it. {USE_A_FILE}"


def mend_device(platform: str = sys.platform) -> str:
    """What to do when there is no microphone or it cannot be opened."""
    return f"{_ALLOW.get(platform, 'Plug a microphone in and see: coach doctor.')} {USE_A_FILE}"


def library() -> ModuleType:
    """The sounddevice module. Raises AudioError when it or PortAudio is not there."""
    try:
        import sounddevice
    except (OSError, ImportError) as error:
        raise AudioError("The sound library PortAudio is not installed.", mend_library()) from error
    module: ModuleType = sounddevice
    return module


@dataclass(frozen=True, slots=True)
class InputDevice:
    """A microphone as the system names it; `rate` in samples per second and `channels` are what will be recorded."""

    index: int
    name: str
    rate: int
    channels: int
    is_default: bool


_open_streams = 0
"""How many microphones this process has open; PortAudio may only be started anew when there are none."""


def _look_again(sounddevice: ModuleType) -> None:
    """Let PortAudio list the devices anew: it does so only when it starts, and a headset may be plugged in later."""
    if _open_streams or _is_playing(sounddevice):
        return
    with contextlib.suppress(sounddevice.PortAudioError):
        sounddevice._terminate()
        sounddevice._initialize()


def _is_playing(sounddevice: ModuleType) -> bool:
    try:
        return bool(sounddevice.get_stream().active)
    except (RuntimeError, sounddevice.PortAudioError):
        return False  # nothing was ever played, or its stream is closed


def input_devices() -> tuple[InputDevice, ...]:
    """All microphones that the system knows now; the default one first."""
    sounddevice = library()
    _look_again(sounddevice)
    try:
        devices = list(sounddevice.query_devices())
        default = sounddevice.default.device[0]
    except sounddevice.PortAudioError as error:
        raise AudioError("The sound system does not answer.", mend_device()) from error
    found = [
        InputDevice(i, str(d["name"]), int(d["default_samplerate"]), int(d["max_input_channels"]), i == default)
        for i, d in enumerate(devices)
        if d["max_input_channels"] > 0
    ]
    return tuple(sorted(found, key=lambda d: (not d.is_default, d.index)))


def choose(wanted: str = "") -> InputDevice:
    """The microphone to record with: by number or part of its name, or the default.

    It records 16 kHz mono where the device allows it, else its own rate and channels. Raises AudioError.
    """
    devices = input_devices()
    if not devices:
        raise AudioError("No microphone was found.", mend_device())
    device = devices[0]
    if wanted:
        fits = [d for d in devices if wanted == str(d.index) or wanted.lower() in d.name.lower()]
        if not fits:
            names = "; ".join(d.name for d in devices)
            raise AudioError(
                f"There is no microphone {wanted!r}. There are: {names}.", "Choose one of them in Settings."
            )
        device = fits[0]
    sounddevice = library()
    for rate, channels in ((SAMPLE_RATE, 1), (device.rate, 1), (device.rate, min(2, device.channels))):
        try:
            sounddevice.check_input_settings(device=device.index, samplerate=rate, channels=channels, dtype="int16")
        except (sounddevice.PortAudioError, ValueError):
            continue
        return InputDevice(device.index, device.name, rate, channels, device.is_default)
    raise AudioError(f"The microphone {device.name!r} cannot be opened.", mend_device())


def open_stream(index: int, rate: int, channels: int, block: int, receive: Callable[[bytes, bool], None]) -> object:
    """Start recording; `receive(bytes of interleaved int16, lost)` is called from the sound system's thread."""
    global _open_streams  # noqa: PLW0603 - PortAudio itself is one for the whole process
    sounddevice = library()

    def callback(data: Any, frames: int, when: Any, status: Any) -> None:  # noqa: ANN401, ARG001
        receive(bytes(data), bool(status.input_overflow))

    stream = None
    try:
        stream = sounddevice.RawInputStream(
            device=index,
            samplerate=rate,
            channels=channels,
            dtype="int16",
            blocksize=block,
            latency="high",
            callback=callback,
        )
        stream.start()
    except (sounddevice.PortAudioError, ValueError) as error:
        if stream is not None:
            stream.close(ignore_errors=True)
        raise AudioError(f"The microphone cannot be opened ({error}).", mend_device()) from error
    _open_streams += 1
    result: object = stream
    return result


def is_running(stream: Any) -> bool:  # noqa: ANN401
    """Whether blocks still come."""
    return bool(stream.active)


def close_stream(stream: Any) -> None:  # noqa: ANN401
    """Stop and free the stream; a device that is gone already is no error."""
    global _open_streams  # noqa: PLW0603 - as in open_stream
    stream.stop(ignore_errors=True)
    stream.close(ignore_errors=True)
    _open_streams -= 1


def play(samples: Any, rate: int) -> Callable[[], None]:  # noqa: ANN401
    """Play int16 samples, shape (n,), and return at once; the returned function stops it. Raises AudioError."""
    sounddevice = library()
    try:
        sounddevice.play(samples, rate)
    except (sounddevice.PortAudioError, ValueError) as error:
        raise AudioError(
            "There is no loudspeaker to play on.", "Open the recording's file in another player."
        ) from error

    def stop() -> None:
        sounddevice.stop(ignore_errors=True)

    return stop
