import numpy as np


def even_kernel_shifted(image, kernel):
    """You put the larger half of the padding before the image, as k // 2 does for an even kernel; the
    smaller half, (k - 1) // 2, goes before it.
    """
    return _same(image, kernel, before=[k // 2 for k in kernel.shape])


def edge_padding(image, kernel):
    """You repeat the image's border in the padding; zeros are asked."""
    return _same(image, kernel, mode="edge")


def mirrored_padding(image, kernel):
    """You mirror the image in the padding; zeros are asked."""
    return _same(image, kernel, mode="symmetric")


def wrapped_around(image, kernel):
    """You let the image begin again beyond its border, as np.roll and a bare product of Fourier spectra
    do; what is outside is 0.
    """
    return _same(image, kernel, mode="wrap")


def flipped_kernel(image, kernel):
    """You flip the kernel, as mathematics defines convolution; networks do not, and neither does this
    drill.
    """
    return _same(image, kernel[::-1, ::-1])


def padding_all_before(image, kernel):
    """You put all of the padding above and to the left of the image; it is shared between both sides."""
    return _same(image, kernel, before=[k - 1 for k in kernel.shape])


def padding_all_after(image, kernel):
    """You put all of the padding below and to the right of the image; it is shared between both sides."""
    return _same(image, kernel, before=[0, 0])


def equal_halves(image, kernel):
    """You pad by k // 2 on both sides, which is one too many for an even kernel, so the result is larger
    than the image; the padding is k - 1 in all.
    """
    return _slide(np.pad(image, [(k // 2, k // 2) for k in kernel.shape]), kernel)


def halves_too_small(image, kernel):
    """You pad by (k - 1) // 2 on both sides, which is one too few for an even kernel, so the result is
    smaller than the image; the padding is k - 1 in all.
    """
    return _slide(np.pad(image, [((k - 1) // 2, (k - 1) // 2) for k in kernel.shape]), kernel)


def height_for_width(image, kernel):
    """You pad the columns by the kernel's height and the rows by its width; rows go with the height."""
    kh, kw = kernel.shape
    top, left = (kw - 1) // 2, (kh - 1) // 2
    return _slide(np.pad(image, ((top, kw - 1 - top), (left, kh - 1 - left))), kernel)


def not_padded(image, kernel):
    """You do not pad, so the result is smaller than the image; k - 1 zeros in all keep its size."""
    return _slide(image, kernel)


def large_kernels_refused(image, kernel):
    """You raise an error for a kernel that is larger than the image; with padding there is a result for
    it too.
    """
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel does not fit")
    return _same(image, kernel)


def size_of_the_larger(image, kernel):
    """You return the larger of the image's and the kernel's size, as np.convolve's "same" does; the
    image's size is asked, always.
    """
    shape = np.maximum(image.shape, kernel.shape)
    before = (shape - image.shape) // 2
    after = shape - image.shape - before
    return _same(np.pad(image, list(zip(before, after, strict=True))), kernel)


def averaged(image, kernel):
    """You take the mean of the window times the kernel; the sum is asked."""
    return _same(image, kernel) / kernel.size


def stored_as_integers(image, kernel):
    """You store the sums in an array of integers, which cuts off every fraction; the result is float."""
    return _same(image, kernel).astype(np.int64)


def _same(image, kernel, before=None, mode="constant"):
    before = before or [(k - 1) // 2 for k in kernel.shape]
    widths = [(first, k - 1 - first) for first, k in zip(before, kernel.shape, strict=True)]
    return _slide(np.pad(image, widths, mode=mode), kernel)


def _slide(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijpq,pq->ij", windows, kernel)
