"""Rubrics, the kinds of rule, measures, session rules: from a transcript to findings."""
