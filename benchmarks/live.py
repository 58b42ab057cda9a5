"""How long the candidate waits: `python -m benchmarks.live [--recordings DIR] [--model M] [--json]`.

For each of at least ten answers of 60 to 90 s, in turn: faster-whisper alone transcribes the whole recording in one
call (as after a stop), then the same recording is fed to the coach's worker in real time, as the recorder writes it,
and the time from the stop to the feedback is taken. Both sides run on the same machine within the same minute, so the
ratio holds even where the seconds do not. Raw figures are kept in benchmarks/results/.
"""

import argparse
import json
import multiprocessing
import queue
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.errors_in_words import Errors, compare
from benchmarks.painting import measure_key_to_paint
from benchmarks.recordings import DEFAULT, Recording, read_recordings
from coach.audio.files import read_mono
from coach.audio.takefile import TakeWriter
from coach.config import Home
from coach.domain.question import Question
from coach.practice.worker import Died, Failed, Judged, Ready, Transcribed, Worker
from coach.practice.worker_messages import Event
from coach.speech.catalogue import DEFAULT_MODEL
from coach.speech.vocabulary import Vocabulary

RESULTS = Path(__file__).parent / "results"
LENGTH_S = (55.0, 95.0)
ANSWERS = 10
BLOCK_S = 0.1
QUESTION = Question("measured", "benchmark", "Tell me about a time when something went wrong.", "behavioral")


@dataclass(frozen=True, slots=True)
class Measured:
    """One answer: seconds to the feedback, to the transcript, and of faster-whisper alone; word errors of both."""

    id: str
    seconds: float
    feedback_s: float
    transcript_s: float
    batch_s: float
    live: Errors
    batch: Errors
    heard: str
    heard_batch: str


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--recordings", type=Path, default=DEFAULT, metavar="DIR")
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="M")
    parser.add_argument("--answers", type=int, default=ANSWERS, metavar="N", help="how many recordings")
    parser.add_argument("--no-painting", action="store_true", help="leave out the key-to-paint measurement")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    recordings = [r for r in read_recordings(arguments.recordings) if LENGTH_S[0] <= r.seconds <= LENGTH_S[1]]
    if not recordings:
        raise SystemExit(f"There are no recordings of {LENGTH_S[0]:.0f} to {LENGTH_S[1]:.0f} s in the folder.")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        measured, memory = _measure(recordings[: arguments.answers], arguments.model, home)
        paint = None if arguments.no_painting else measure_key_to_paint(home, arguments.model, recordings[0].path)
    result = _summary(measured, memory, paint)
    RESULTS.mkdir(exist_ok=True)
    raw = RESULTS / f"live-{Path(arguments.model).name}-{time.strftime('%Y%m%d-%H%M%S')}.json"
    raw.write_text(json.dumps({**result, "answers": [asdict(m) for m in measured]}, indent=1), encoding="utf-8")
    if arguments.json:
        print(json.dumps(result))
    else:
        _table(result, measured, raw)
    return 0


def _measure(recordings: list[Recording], model: str, home: Home) -> tuple[list[Measured], float | None]:
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    worker = Worker(home, model, events.put)
    worker.warm()
    _until(events, Ready)
    batch = BatchProcess(model, home)
    measured: list[Measured] = []
    try:
        for recording in recordings:
            samples = read_mono(recording.path)
            batch_text, batch_s = batch.transcribe(samples)
            text, transcript_s, feedback_s = _live(worker, events, recording.id, samples, home)
            one = Measured(
                recording.id,
                round(len(samples) / 16_000, 1),
                round(feedback_s, 3),
                round(transcript_s, 3),
                round(batch_s, 3),
                compare(recording.text, text),
                compare(recording.text, batch_text),
                text,
                batch_text,
            )
            measured.append(one)
            print(
                f"{one.id}: {one.seconds} s, alone {batch_s:.1f} s, stop to transcript {transcript_s:.2f} s, "
                f"to feedback {feedback_s:.2f} s, WER {one.live.wer:.3f} (alone {one.batch.wer:.3f})",
                file=sys.stderr,
            )
        peak = _peak_mb(worker)
        return measured, round(peak / batch.peak_mb(), 3) if peak else None
    finally:
        batch.stop()
        worker.stop()


def _live(
    worker: Worker, events: "queue.SimpleQueue[Event]", job: str, samples: npt.NDArray[np.int16], home: Home
) -> tuple[str, float, float]:
    """Feed one answer in real time; its text, and the seconds from the stop to the transcript and to the feedback."""
    path = home.takes / f"{job}.wav"
    block = int(BLOCK_S * 16_000)
    writer = TakeWriter(path)
    worker.follow(job, path, Vocabulary(), captions=True)
    began = time.perf_counter()
    for first in range(0, len(samples), block):
        time.sleep(max(0.0, began + (first + block) / 16_000 - time.perf_counter()))
        writer.write(samples[first : first + block])
    writer.close()
    stopped = time.perf_counter()
    worker.finish(job, QUESTION)
    transcribed = _until(events, Transcribed)
    heard_s = time.perf_counter() - stopped
    assert isinstance(transcribed, Transcribed)
    _until(events, Judged)
    return " ".join(word.text for word in transcribed.transcript.words), heard_s, time.perf_counter() - stopped


def _until(events: "queue.SimpleQueue[Event]", kind: type[Event]) -> Event:
    while True:
        event = events.get()
        if isinstance(event, kind):
            return event
        if isinstance(event, Failed | Died):
            raise SystemExit(f"The worker failed: {event.message}")


class BatchProcess:
    """faster-whisper alone in a process of its own, loaded once; only the call itself is timed."""

    def __init__(self, model: str, home: Home) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_batch_process, args=(theirs, model, home), daemon=True)
        self._process.start()
        self._pipe.recv()

    def transcribe(self, samples: npt.NDArray[np.int16]) -> tuple[str, float]:
        """The text of a recording, and the seconds it took."""
        self._pipe.send(samples)
        text, seconds = self._pipe.recv()
        return str(text), float(seconds)

    def peak_mb(self) -> float:
        """The process's peak memory so far, in MB."""
        self._pipe.send("peak")
        return float(self._pipe.recv())

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def _batch_process(pipe: Connection, model: str, home: Home) -> None:
    from benchmarks.whisper_alone import alone
    from coach.speech.models import resolve

    transcribe = alone(resolve(model, home))
    transcribe(np.zeros(16_000, dtype=np.float32))
    pipe.send("ready")
    while True:
        asked = pipe.recv()
        if isinstance(asked, str):
            pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            continue
        samples = asked.astype(np.float32) / np.float32(32768)
        began = time.perf_counter()
        text = transcribe(samples)
        pipe.send((text, time.perf_counter() - began))


def _peak_mb(worker: Worker) -> float | None:
    """The worker's peak memory in MB; None where the system does not tell."""
    status = Path(f"/proc/{worker.pid}/status")
    if not status.is_file():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _summary(measured: list[Measured], memory: float | None, paint: float | None) -> dict[str, float | None]:
    live = sum((m.live for m in measured), Errors())
    batch = sum((m.batch for m in measured), Errors())
    feedback = statistics.mean(m.feedback_s for m in measured)
    alone = statistics.mean(m.batch_s for m in measured)
    return {
        "ratio": round(feedback / alone, 4),
        "stop_to_feedback_s": round(feedback, 3),
        "batch_s": round(alone, 3),
        "wer_live": round(live.wer, 4),
        "wer_batch": round(batch.wer, 4),
        "key_to_paint_p95_ms": paint,
        "memory_ratio": memory,
    }


def _table(result: dict[str, float | None], measured: list[Measured], raw: Path) -> None:
    print(f"{'answer':<16}{'length':>8}{'alone':>8}{'stop to':>9}{'stop to':>10}{'WER':>8}{'WER':>8}")
    print(f"{'':<16}{'s':>8}{'s':>8}{'text s':>9}{'feedback':>10}{'live':>8}{'alone':>8}")
    for m in measured:
        print(
            f"{m.id:<16}{m.seconds:>8.1f}{m.batch_s:>8.2f}{m.transcript_s:>9.2f}{m.feedback_s:>10.2f}"
            f"{100 * m.live.wer:>7.1f}%{100 * m.batch.wer:>7.1f}%"
        )
    for name, value in result.items():
        print(f"{name}: {value}")
    print(f"raw figures: {raw}")


if __name__ == "__main__":
    sys.exit(main())
