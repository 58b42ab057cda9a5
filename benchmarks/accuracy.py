"""How exact the recogniser is: `python -m benchmarks.accuracy [--recordings DIR] [--model M] [--json]`.

Every recording goes through the coach's own transcriber (what an answer goes through when it is repeated from disk).
Prints the word error rate for each group of speakers, and how many hesitations were found. `--batch` measures
faster-whisper alone instead, for comparison.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.errors_in_words import Errors, compare
from benchmarks.recordings import DEFAULT, Recording, read_recordings
from benchmarks.whisper_alone import alone
from coach.audio.files import read_mono
from coach.config import Home, find_home
from coach.practice.vocabulary import read_vocabulary
from coach.speech.catalogue import DEFAULT_MODEL
from coach.speech.models import resolve
from coach.speech.transcriber import load, transcribe
from coach.speech.vocabulary import Vocabulary

RESULTS = Path(__file__).parent / "results"


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--recordings", type=Path, default=DEFAULT, metavar="DIR")
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="M")
    parser.add_argument("--vocabulary", type=Path, metavar="FILE", help="a list of terms to help the recogniser with")
    parser.add_argument("--batch", action="store_true", help="faster-whisper alone, in one piece")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="only the first N recordings of each group")
    parser.add_argument("--home", metavar="DIR")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    recordings = _limited(read_recordings(arguments.recordings), arguments.limit)
    vocabulary = read_vocabulary(arguments.vocabulary) if arguments.vocabulary else Vocabulary()
    with tempfile.TemporaryDirectory() as folder:
        home = find_home(arguments.home) if arguments.home else Home(Path(folder))
        rows = _heard(recordings, arguments.model, home, vocabulary, batch=arguments.batch)
    result = _summary(arguments.model, rows)
    _keep(arguments.model + ("-alone" if arguments.batch else ""), result, rows)
    if arguments.json:
        print(json.dumps(result))
    else:
        _table(result, rows)
    return 0


def _limited(recordings: list[Recording], limit: int) -> list[Recording]:
    seen: dict[str, int] = defaultdict(int)
    kept = []
    for recording in recordings:
        seen[recording.group] += 1
        if not limit or seen[recording.group] <= limit:
            kept.append(recording)
    return kept


def _heard(
    recordings: list[Recording], model: str, home: Home, vocabulary: Vocabulary, *, batch: bool
) -> list[dict[str, object]]:
    ears = None if batch else load(model, home)
    whisper = alone(resolve(model, home)) if batch else None
    rows: list[dict[str, object]] = []
    for recording in recordings:
        samples = read_mono(recording.path).astype(np.float32) / np.float32(32768)
        began = time.perf_counter()
        if whisper is not None:
            text = whisper(samples)
        elif ears is not None:
            text = " ".join(word.text for word in transcribe(ears, samples, vocabulary).words)
        took = time.perf_counter() - began
        rows.append(
            {
                "id": recording.id,
                "group": recording.group,
                "seconds": recording.seconds,
                "took_s": round(took, 2),
                "reference": recording.text,
                "heard": text,
                "errors": compare(recording.text, text),
            }
        )
        print(f"{recording.id}: {took:.1f} s", file=sys.stderr)
    return rows


def _summary(model: str, rows: list[dict[str, object]]) -> dict[str, object]:
    groups: dict[str, Errors] = defaultdict(Errors)
    for row in rows:
        assert isinstance(row["errors"], Errors)
        groups[str(row["group"])] += row["errors"]
    total = sum(groups.values(), Errors())
    return {
        "model": model,
        "wer": round(total.wer, 4),
        "groups": {name: round(errors.wer, 4) for name, errors in groups.items()},
        "hesitation_recall": _rounded(total.recall),
        "hesitation_precision": _rounded(total.precision),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _keep(model: str, result: dict[str, object], rows: list[dict[str, object]]) -> None:
    RESULTS.mkdir(exist_ok=True)
    plain = [{**row, "errors": str(row["errors"])} for row in rows]
    name = f"accuracy-{Path(model).name}-{time.strftime('%Y%m%d-%H%M%S')}.json"
    (RESULTS / name).write_text(json.dumps({**result, "recordings": plain}, indent=1), encoding="utf-8")


def _table(result: dict[str, object], rows: list[dict[str, object]]) -> None:
    groups = result["groups"]
    assert isinstance(groups, dict)
    print(f"model {result['model']}, {len(rows)} recordings")
    for name, wer in groups.items():
        print(f"  {name:<22} WER {100 * wer:5.1f} %")
    print(f"  {'all':<22} WER {100 * float(str(result['wer'])):5.1f} %")
    print(f"hesitations: recall {result['hesitation_recall']}, precision {result['hesitation_precision']}")


if __name__ == "__main__":
    sys.exit(main())
