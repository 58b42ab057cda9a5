"""A share of a whole as a bar of text."""


def bar(percent: float, width: int = 20) -> str:
    """From 0 to 100 as a bar of `width` cells."""
    full = round(percent * width / 100)
    return "█" * full + "░" * (width - full)
