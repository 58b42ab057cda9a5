"""Tests of banks, programs, importers and choosing."""
