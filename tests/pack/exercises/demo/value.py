class Value:
    """A number with ``data``, ``+`` and ``*``, also with plain numbers on the left, and ``times(factor)``."""

    def __init__(self, data: float) -> None:
        raise NotImplementedError
