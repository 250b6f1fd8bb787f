import numpy as np


def transposed(kernel, image_shape):
    """You return the transpose; a row belongs to an output and a column to a pixel, so that M @
    image.ravel() is the result.
    """
    return np.ascontiguousarray(_matrix(kernel, image_shape).T)


def row_stride_wrong(kernel, image_shape):
    """You let each row of the matrix begin one column after the row above, also where a new line of the
    output begins; there the window jumps to the next line of the image, so it is column i * W + j.
    """
    _check(kernel, image_shape)
    (kh, kw), (height, width) = kernel.shape, image_shape
    rows, columns = height - kh + 1, width - kw + 1
    matrix = np.zeros((rows * columns, height * width), kernel.dtype)
    for row in range(rows * columns):
        for p in range(kh):
            for q in range(kw):
                matrix[row, row + p * width + q] = kernel[p, q]
    return matrix


def lines_of_the_output(kernel, image_shape):
    """You let the kernel's lines lie W - kw + 1 columns apart, which is the width of the output; in the
    flattened image they lie W apart.
    """
    _check(kernel, image_shape)
    (kh, kw), (height, width) = kernel.shape, image_shape
    rows, columns = height - kh + 1, width - kw + 1
    matrix = np.zeros((rows * columns, height * width), kernel.dtype)
    for i, j in np.ndindex(rows, columns):
        for p, q in np.ndindex(kh, kw):
            matrix[i * columns + j, (i + p) * columns + j + q] += kernel[p, q]
    return matrix


def height_for_width(kernel, image_shape):
    """You let the image's lines lie H columns apart; a line holds W pixels, so pixel (y, x) is column y
    * W + x.
    """
    _check(kernel, image_shape)
    (kh, kw), (height, width) = kernel.shape, image_shape
    rows, columns = height - kh + 1, width - kw + 1
    matrix = np.zeros((rows * columns, height * width), kernel.dtype)
    for i, j in np.ndindex(rows, columns):
        for p, q in np.ndindex(kh, kw):
            column = (i + p) * height + j + q
            matrix[i * columns + j, column % (height * width)] += kernel[p, q]
    return matrix


def column_by_column(kernel, image_shape):
    """You count pixels and outputs column by column; ravel() counts them row by row."""
    return _matrix(kernel.T, image_shape[::-1])


def flipped_kernel(kernel, image_shape):
    """You flip the kernel, as mathematics defines convolution; networks do not, and neither does this
    drill.
    """
    return _matrix(kernel[::-1, ::-1], image_shape)


def circulant(kernel, image_shape):
    """You make an output for every pixel and let the kernel wrap around the border; only places where it
    lies wholly inside the image are asked.
    """
    _check(kernel, image_shape)
    height, width = image_shape
    matrix = np.zeros((height, width, height, width), kernel.dtype)
    for i, j in np.ndindex(height, width):
        for (p, q), value in np.ndenumerate(kernel):
            matrix[i, j, (i + p) % height, (j + q) % width] += value
    return matrix.reshape(height * width, height * width)


def same_size(kernel, image_shape):
    """You make an output for every pixel, as with zero padding; only places where the kernel lies wholly
    inside the image are asked.
    """
    _check(kernel, image_shape)
    (kh, kw), (height, width) = kernel.shape, image_shape
    top, left = (kh - 1) // 2, (kw - 1) // 2
    padded = _matrix(kernel, (height + kh - 1, width + kw - 1))
    padded = padded.reshape(-1, height + kh - 1, width + kw - 1)
    inside = padded[:, top : top + height, left : left + width]
    return inside.reshape(height * width, height * width)


def four_axes(kernel, image_shape):
    """You return an array of shape (H_out, W_out, H, W); a matrix is asked, so flatten outputs and
    pixels.
    """
    (kh, kw), (height, width) = kernel.shape, image_shape
    return _matrix(kernel, image_shape).reshape(height - kh + 1, width - kw + 1, height, width)


def single_row_flattened(kernel, image_shape):
    """You return a vector where there is only one output; the matrix always has two dimensions."""
    matrix = _matrix(kernel, image_shape)
    return matrix[0] if len(matrix) == 1 else matrix


def nothing_for_large_kernels(kernel, image_shape):
    """You return an empty matrix when the kernel is larger than the image; ValueError is asked."""
    rows, columns = (max(n - k + 1, 0) for n, k in zip(image_shape, kernel.shape, strict=True))
    return _matrix(kernel, image_shape) if rows * columns else np.zeros((0, image_shape[0] * image_shape[1]))


def large_only_in_both(kernel, image_shape):
    """You raise ValueError when the kernel is larger in both directions; one is enough for it not to
    fit.
    """
    if kernel.shape[0] > image_shape[0] and kernel.shape[1] > image_shape[1]:
        raise ValueError("the kernel does not fit")
    return nothing_for_large_kernels(kernel, image_shape)


def fewer_elements(kernel, image_shape):
    """You raise ValueError when the kernel has more elements than the image; it has to fit in each
    direction.
    """
    if kernel.size > image_shape[0] * image_shape[1]:
        raise ValueError("the kernel does not fit")
    return nothing_for_large_kernels(kernel, image_shape)


def equal_size_refused(kernel, image_shape):
    """You raise ValueError when the kernel is as large as the image in a direction; it still fits there
    once.
    """
    if kernel.shape[0] >= image_shape[0] or kernel.shape[1] >= image_shape[1]:
        raise ValueError("the kernel does not fit")
    return _matrix(kernel, image_shape)


def stored_as_integers(kernel, image_shape):
    """You store the weights in an array of integers, which cuts off every fraction; the result is float."""
    return _matrix(kernel, image_shape).astype(np.int64)


def _check(kernel, image_shape):
    if kernel.shape[0] > image_shape[0] or kernel.shape[1] > image_shape[1]:
        raise ValueError("the kernel does not fit")


def _matrix(kernel, image_shape):
    _check(kernel, image_shape)
    (kh, kw), (height, width) = kernel.shape, image_shape
    rows, columns = height - kh + 1, width - kw + 1
    matrix = np.zeros((rows * columns, height * width), kernel.dtype)
    i, j = np.divmod(np.arange(rows * columns), columns)
    for (p, q), value in np.ndenumerate(kernel):
        matrix[np.arange(rows * columns), (i + p) * width + j + q] = value
    return matrix
