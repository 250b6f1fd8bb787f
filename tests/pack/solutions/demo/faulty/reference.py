def faulty(x):
    return x
