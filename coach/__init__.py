"""Practise spoken answers for residency interviews, on your own machine."""

__version__ = "0.1.0"
