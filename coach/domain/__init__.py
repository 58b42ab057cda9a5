"""What the coach talks about: frozen dataclasses, and how words are searched; standard library only."""
