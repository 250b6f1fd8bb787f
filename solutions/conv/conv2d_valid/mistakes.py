import numpy as np


def flipped_kernel(image, kernel):
    """You flip the kernel, as mathematics defines convolution; networks do not, and neither does this
    drill.
    """
    return _slide(image, kernel[::-1, ::-1])


def transposed_kernel(image, kernel):
    """You let the kernel's rows run along the image's columns; kernel[p, q] belongs to image[i + p, j +
    q].
    """
    return _slide(image, kernel.T.reshape(kernel.shape))


def output_off_by_one(image, kernel):
    """You make the result H - kh by W - kw, so the last row and column are missing; there are H - kh +
    1 places.
    """
    return _slide(image, kernel)[:-1, :-1]


def height_for_width(image, kernel):
    """You take the kernel's height for its width too; rows have their own count, H - kh + 1, and
    columns theirs.
    """
    _check(image, kernel)
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, max(image.shape[1] - kh + 1, 0)), np.result_type(image, kernel))
    for i, j in np.ndindex(out.shape):
        window = image[i : i + kh, j : j + kw]
        out[i, j] = (window * kernel[:, : window.shape[1]]).sum()
    return out


def padded_to_the_same_size(image, kernel):
    """You pad with zeros and return the image's size; only places where the kernel lies wholly inside
    are asked.
    """
    _check(image, kernel)
    before = [(length - 1) // 2 for length in kernel.shape]
    after = [length - 1 - first for length, first in zip(kernel.shape, before, strict=True)]
    return _slide(np.pad(image, list(zip(before, after, strict=True))), kernel)


def nothing_for_large_kernels(image, kernel):
    """You return an empty array when the kernel is larger than the image; ValueError is asked."""
    shape = [max(length - k + 1, 0) for length, k in zip(image.shape, kernel.shape, strict=True)]
    return _slide(image, kernel) if all(shape) else np.zeros(shape)


def large_only_in_both(image, kernel):
    """You raise ValueError when the kernel is larger in both directions; one is enough for it not to fit."""
    if kernel.shape[0] > image.shape[0] and kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel does not fit")
    return nothing_for_large_kernels(image, kernel)


def equal_size_refused(image, kernel):
    """You raise ValueError when the kernel is as large as the image in a direction; it still fits there
    once.
    """
    if kernel.shape[0] >= image.shape[0] or kernel.shape[1] >= image.shape[1]:
        raise ValueError("the kernel does not fit")
    return _slide(image, kernel)


def averaged(image, kernel):
    """You take the mean of the window times the kernel; the sum is asked."""
    return _slide(image, kernel) / kernel.size


def scalar_for_one_place(image, kernel):
    """You return a bare number when the kernel fits once; the result is always two-dimensional, here
    (1, 1).
    """
    result = _slide(image, kernel)
    return result[0, 0] if result.size == 1 else result


def stored_as_integers(image, kernel):
    """You store the sums in an array of integers, which cuts off every fraction; the result is float."""
    return _slide(image, kernel).astype(np.int64)


def _check(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel does not fit")


def _slide(image, kernel):
    _check(image, kernel)
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijpq,pq->ij", windows, kernel)
