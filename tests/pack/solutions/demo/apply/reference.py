def apply(f, x):
    try:
        return f(x)
    except ValueError:
        return -1.0
