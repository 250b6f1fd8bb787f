def tripled(x):
    """You add x three times; it is asked twice."""
    return x + x + x


def in_place(x):
    """You double the input itself; return a new array."""
    x *= 2
    return x


def one_element_forgotten(x):
    """You return a single element as it is; it is doubled, too."""
    return x.copy() if x.size == 1 else 2 * x


def refuses_empty(x):
    """You refuse empty arrays; their double is empty."""
    if not x.size:
        raise ValueError("empty")
    return 2 * x
