"""Training of the shipped judgement encoder: data, settings and scripts. Never imported by the app."""
