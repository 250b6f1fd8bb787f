class Value:
    """A number with ``data``, ``+`` and ``*``, also with plain numbers on the left."""

    def __init__(self, data: float) -> None:
        raise NotImplementedError
