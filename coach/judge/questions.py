"""The questions of an answer read one by one: a kind that stands among others is easily missed in the whole."""

from collections.abc import Mapping, Sequence


def joined(whole: Mapping[str, float], alone: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The probability of each kind: the mean of what the whole answer and the surest single question say."""
    if not alone:
        return dict(whole)
    return {kind: (p + max(one[kind] for one in alone)) / 2 for kind, p in whole.items()}
