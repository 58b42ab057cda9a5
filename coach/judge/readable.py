"""What the shipped encoder can read: its criteria with their values, as rubric files may name them."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SETTINGS = Path(__file__).parent / "model" / "settings.json"


@cache
def readable(path: Path = SETTINGS) -> Mapping[str, tuple[str, ...]]:
    """Criterion -> values. Empty where the model is not there or its settings are damaged: then nothing is checked."""
    try:
        outputs = dict(json.loads(path.read_text(encoding="utf-8"))["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for name, values in outputs.items():
        whole, _, kind = name.partition(".")
        found[whole] = (*found.get(whole, ()), kind) if kind else tuple(values)
    return found
