"""Where somebody speaks: the Silero voice detector (inside faster-whisper), run as the sound comes in.

The detector's own state is carried from block to block, so feeding a take in small pieces gives exactly what feeding
it whole would give; nothing that is decided from it depends on timing.
"""

import numpy as np
import numpy.typing as npt

from coach.domain.take import SAMPLE_RATE

Samples = npt.NDArray[np.float32]
"""Mono sound at 16 kHz, from -1 to 1."""

FRAME = 512
"""Samples in one frame of the detector: 32 ms, what Silero was trained on."""
FRAME_S = FRAME / SAMPLE_RATE
_CONTEXT = 64
"""Samples of the frame before that the detector sees again."""


class VoiceDetector:
    """Speech probabilities, one for each 32 ms, of a stream of sound."""

    def __init__(self) -> None:
        from faster_whisper.vad import get_vad_model

        self._session = get_vad_model().session  # loaded once in a process, shared by all detectors
        self._h = np.zeros((1, 1, 128), dtype=np.float32)
        self._c = np.zeros((1, 1, 128), dtype=np.float32)
        self._context = np.zeros(_CONTEXT, dtype=np.float32)
        self._rest = np.zeros(0, dtype=np.float32)

    def feed(self, samples: Samples) -> npt.NDArray[np.float32]:
        """Take in the next sound (any length); returns the probabilities of the frames that it completed."""
        sound = np.concatenate([self._rest, samples])
        frames = len(sound) // FRAME
        self._rest = sound[frames * FRAME :]
        if not frames:
            return np.zeros(0, dtype=np.float32)
        whole = sound[: frames * FRAME]
        rows = whole.reshape(frames, FRAME)
        contexts = np.concatenate([self._context[None], rows[:-1, -_CONTEXT:]])
        self._context = whole[-_CONTEXT:]
        block = np.concatenate([contexts, rows], axis=1)
        out, self._h, self._c = self._session.run(None, {"input": block, "h": self._h, "c": self._c})
        return np.asarray(out, dtype=np.float32).reshape(-1)


def voice_probabilities(samples: Samples) -> npt.NDArray[np.float32]:
    """Speech probabilities of a whole piece of sound, one for each complete 32 ms."""
    return VoiceDetector().feed(samples)
