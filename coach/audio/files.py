"""Sound files from elsewhere (a phone, a recorder, another program) as the samples that a take holds.

PyAV reads them: it comes with the recogniser, knows WAV, FLAC, MP3, M4A, OGG and more, and resamples.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.domain.take import SAMPLE_RATE
from coach.errors import AudioError

MAX_SECONDS = 60 * 60
MAX_BYTES = 1 << 30
READABLE = "WAV, FLAC, MP3, M4A, OGG"
OPENED = {
    "format_whitelist": "wav,flac,mp3,mov,ogg,matroska,aac,aiff,caf,amr",
    "protocol_whitelist": "file",
}
"""What the reader may open: sound containers, from disk. Without it, a list of other files (ffconcat, HLS) that is
called .wav would have its neighbours or an address opened. `mov` is also M4A and 3GP, `matroska` also WebM."""


def _blocks(path: Path) -> Iterator[npt.NDArray[np.int16]]:
    import av

    # Absolute, since a name like "tape:1.wav" is taken for an address otherwise.
    with av.open(str(path.absolute()), mode="r", metadata_errors="ignore", options=OPENED) as container:
        if not container.streams.audio:
            raise AudioError(f"{path} holds no sound.", f"Choose a sound file: {READABLE}.")
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        for frame in container.decode(container.streams.audio[0]):
            frame.pts = None
            for piece in resampler.resample(frame):
                yield piece.to_ndarray().reshape(-1).astype(np.int16, copy=False)
        for piece in resampler.resample(None):
            yield piece.to_ndarray().reshape(-1).astype(np.int16, copy=False)


def read_mono(path: Path) -> npt.NDArray[np.int16]:
    """The whole file as mono samples at SAMPLE_RATE, shape (n,).

    Raises AudioError when it is missing, too large, holds no sound or cannot be read.
    """
    import av.error

    if not path.is_file():
        raise AudioError(f"There is no sound file {path}.", "Check the name and the folder.")
    if path.stat().st_size > MAX_BYTES:
        raise AudioError(f"{path} is larger than {MAX_BYTES >> 20} MB.", "Cut it to the answer you want judged.")
    pieces: list[npt.NDArray[np.int16]] = []
    frames = 0
    try:
        for piece in _blocks(path):
            pieces.append(piece)
            frames += len(piece)
            if frames > MAX_SECONDS * SAMPLE_RATE:
                raise AudioError(f"{path} is longer than {MAX_SECONDS // 60} minutes.", "Cut it to one answer.")
    except (av.error.FFmpegError, ValueError, OSError) as error:
        raise AudioError(f"{path} cannot be read as sound.", f"Readable are {READABLE}.") from error
    if not frames:
        raise AudioError(f"{path} holds no sound.", f"Choose a sound file: {READABLE}.")
    return np.concatenate(pieces)
