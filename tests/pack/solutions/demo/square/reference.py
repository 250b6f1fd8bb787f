def square(x, y):
    return x * x * y
