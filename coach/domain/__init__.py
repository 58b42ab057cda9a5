"""What the coach talks about: frozen dataclasses, standard library only."""
