"""The recogniser, live transcription, models, hesitations."""
