"""Devices, capture, the take file, levels, playback."""
