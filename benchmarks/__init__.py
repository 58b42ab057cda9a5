"""Measurements of the coach, for people and for continuous integration: python -m benchmarks.NAME."""
