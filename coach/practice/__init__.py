"""The use cases and their state machine; no screen and no printing."""
