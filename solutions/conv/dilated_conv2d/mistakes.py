import numpy as np


def dilation_as_stride(image, kernel, dilation):
    """You let the window step by the dilation; it spreads the elements of the kernel, and the window
    stops at every pixel.
    """
    return _dilated(image, kernel, 1)[::dilation, ::dilation]


def dilation_also_as_stride(image, kernel, dilation):
    """You spread the kernel by the dilation and let the window step by it too; the window stops at every
    pixel.
    """
    return _dilated(image, kernel, dilation)[::dilation, ::dilation]


def size_formula(image, kernel, dilation):
    """You let the spread kernel measure dilation * k, so places are missing at the end; from first to
    last element it is dilation * (k - 1) + 1.
    """
    rows, columns = (n - dilation * k + 1 for n, k in zip(image.shape, kernel.shape, strict=True))
    if rows < 1 or columns < 1:
        raise ValueError("the kernel does not fit")
    return _dilated(image, kernel, dilation)[:rows, :columns]


def output_off_by_one(image, kernel, dilation):
    """You let the spread kernel measure dilation * (k - 1), so the last row and column of places miss
    their pixels; it is one more.
    """
    rows, columns = (n - dilation * (k - 1) + 1 for n, k in zip(image.shape, kernel.shape, strict=True))
    if rows < 1 or columns < 1:
        raise ValueError("the kernel does not fit")
    return _dilated(np.pad(image, ((0, 1), (0, 1))), kernel, dilation)


def dilation_leaves_out(image, kernel, dilation):
    """You leave dilation pixels out between the elements of the kernel; it is the distance from one to
    the next, so 1 leaves none out.
    """
    return _dilated(image, kernel, dilation + 1)


def dilation_ignored(image, kernel, dilation):  # noqa: ARG001
    """You let the kernel look at neighbouring pixels whatever the dilation; it looks at every
    dilation-th one.
    """
    return _dilated(image, kernel, 1)


def columns_only(image, kernel, dilation):
    """You spread the columns of the kernel but not its rows; the dilation holds for both."""
    return _slide(image, kernel, 1, dilation)


def rows_only(image, kernel, dilation):
    """You spread the rows of the kernel but not its columns; the dilation holds for both."""
    return _slide(image, kernel, dilation, 1)


def flipped_kernel(image, kernel, dilation):
    """You flip the kernel, as mathematics defines convolution; networks do not, and neither does this
    drill.
    """
    return _dilated(image, kernel[::-1, ::-1], dilation)


def height_for_width(image, kernel, dilation):
    """You count the columns of places by the kernel's height; rows go with the height, columns with the
    width.
    """
    kh, kw = kernel.shape
    result = _dilated(image, kernel, dilation)
    columns = image.shape[1] - dilation * (kh - 1)
    return np.pad(result, ((0, 0), (0, max(dilation * (kw - kh), 0))))[:, : max(columns, 0)]


def nothing_for_large_kernels(image, kernel, dilation):
    """You return an empty array where the spread kernel is larger than the image; ValueError is asked."""
    places = [n - dilation * (k - 1) for n, k in zip(image.shape, kernel.shape, strict=True)]
    return _dilated(image, kernel, dilation) if min(places) > 0 else np.zeros([max(n, 0) for n in places])


def fit_judged_undilated(image, kernel, dilation):
    """You raise ValueError only when the kernel as it is given is larger than the image; it has to fit
    when it is spread.
    """
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel does not fit")
    return nothing_for_large_kernels(image, kernel, dilation)


def large_only_in_both(image, kernel, dilation):
    """You raise ValueError when the spread kernel is larger in both directions; one is enough for it not
    to fit.
    """
    places = [n - dilation * (k - 1) for n, k in zip(image.shape, kernel.shape, strict=True)]
    if max(places) < 1:
        raise ValueError("the kernel does not fit")
    return nothing_for_large_kernels(image, kernel, dilation)


def equal_size_refused(image, kernel, dilation):
    """You raise ValueError when the spread kernel is as large as the image in a direction; it still fits
    there once.
    """
    places = [n - dilation * (k - 1) for n, k in zip(image.shape, kernel.shape, strict=True)]
    if min(places) <= 1:
        raise ValueError("the kernel does not fit")
    return _dilated(image, kernel, dilation)


def padded_to_the_same_size(image, kernel, dilation):
    """You pad with zeros and return the image's size; only places where the spread kernel lies wholly
    inside are asked.
    """
    _dilated(image, kernel, dilation)  # refuses what does not fit
    totals = [dilation * (k - 1) for k in kernel.shape]
    return _dilated(np.pad(image, [(total // 2, total - total // 2) for total in totals]), kernel, dilation)


def stored_as_integers(image, kernel, dilation):
    """You store the sums in an array of integers, which cuts off every fraction; the result is float."""
    return _dilated(image, kernel, dilation).astype(np.int64)


def _dilated(image, kernel, dilation):
    return _slide(image, kernel, dilation, dilation)


def _slide(image, kernel, down, right):
    kh, kw = kernel.shape
    reach = (down * (kh - 1) + 1, right * (kw - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(image, reach)[:, :, ::down, ::right]
    return np.einsum("ijpq,pq->ij", windows, kernel)
