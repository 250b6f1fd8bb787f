def faulty(x: int) -> int:
    """Return `x`; one case of this drill is wrong."""
    raise NotImplementedError
