"""The command line's groups: one module a group, each with `add_parser` and `run`; heavy imports stay inside `run`."""
