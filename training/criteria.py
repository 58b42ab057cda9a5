"""What the encoder is taught to tell: its outputs, in their fixed order.

Beside the criteria of an answer there are three kinds of outputs: `question_kind` is split into one yes/no output a
kind, since an answer may ask several; `setback_part` and `stock_phrase` are judgements of a passage that only passages
are labelled for; `overall` is the mark from 1 to 5.
"""

from training.answers import VALUES

KINDS = VALUES["question_kind"]
OUTPUTS: dict[str, tuple[str, ...]] = {
    **{name: values for name, values in VALUES.items() if name != "question_kind"},
    **{f"question_kind.{kind}": ("yes", "no") for kind in KINDS},
    "setback_part": ("cause", "change", "proof"),
    "stock_phrase": ("stock", "own"),
    "overall": ("1", "2", "3", "4", "5"),
}
QUIET: dict[str, str] = {
    "score_apology": "none",
    "visa_mentions": "none",
    "visa_stance": "none",
    **dict.fromkeys(
        (
            "gratitude_first",
            "blame_or_victim",
            "complaint",
            "commitment_risk",
            "commitment_signal",
            "contempt",
            "oversharing",
            "underdog_identity",
            "over_formal",
            "stock_phrases",
            "asks_to_clarify",
            "meandering",
        ),
        "no",
    ),
}
"""The value that says "nothing of the kind is there", for criteria that one passage can turn."""
