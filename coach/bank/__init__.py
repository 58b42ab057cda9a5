"""Question banks, programs, importers, and choosing what to practise."""
