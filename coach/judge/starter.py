"""The rubric that a mentor starts from: small, commented, and well."""

import re

_STARTER = """# A rubric of your own. Lines that begin with # are notes for you.
# Check it:        coach rubric check THIS-FILE
# Run its examples: coach rubric test THIS-FILE
# Use it:          coach score ANSWER.txt --rubric THIS-FILE
format: 1
id: {id}
title: My rubric
author: ""

# The groups in which criteria are shown.
groups:
  communication: Communication

# Lists of words that rules can use as <name>.
wordings:
  teach-back:
    - <repeat> ... back
    - in (your) own words
    - teach back

criteria:
  - id: checks_understanding
    title: Checking that the patient understood
    group: communication
    why: A plan that was not understood is not followed.
    # Only for these kinds of questions. Leave "applies" out to judge every answer.
    applies:
      - categories: [clinical, behavioral]
    # The value when no rule holds.
    otherwise: "no"
    values:
      "yes":
        verdict: good
        title: You checked that it was understood
        advice: Keep this.
      "no":
        verdict: fix
        costs: 0.5
        show: closing
        title: No check of understanding
        advice: "Add one sentence: \\"I asked him to tell me the plan in his own words.\\""
        follow_up: How did you know that he had understood?
    rules:
      # A rule that looks for words. "<repeat>" is any form of the word, "..." up to three words in between.
      - id: says-so
        gives: "yes"
        when:
          mention:
            wordings: ["<teach-back>"]
            negated: "no"
        examples:
          met:
            - I asked her to repeat the plan back to me before she went home with the new insulin.
          missed:
            - I explained the plan to her and she went home with the new insulin the same day.
      # A rule that compares meaning: make it better by adding a sentence to "like" or to "unlike".
      - id: means-so
        gives: "yes"
        when:
          meaning:
            like:
              - I asked her to tell me what she had understood.
              - He explained the plan to me with his own words.
            unlike:
              - I explained everything to her again.
            close: 0.6
        examples:
          met:
            - We spoke about the tablets for a while. Then I asked him to explain to me what he had understood.
          missed:
            - We spoke about the tablets for a while. Then I wrote the note and went to the next room.
"""


def starter_text(rubric_id: str) -> str:
    """The file's text; an id that is not allowed is changed into one that is."""
    clean = re.sub(r"[^a-z0-9_-]+", "-", rubric_id.casefold()).strip("-_0123456789")
    return _STARTER.replace("{id}", clean or "my-rubric")
