import numpy as np


def flipped_kernel(image, kernel):
    """You flip the kernel, which adding image[i, j] * kernel into the result does too; the kernel is not
    flipped in this drill, so what is added there is the kernel reversed.
    """
    return _full(image, kernel[::-1, ::-1])


def padded_by_half(image, kernel):
    """You pad by half of the kernel, k - 1 zeros in all, and get the size of the image; every overlap
    takes k - 1 zeros on each side.
    """
    widths = [((k - 1) // 2, k - 1 - (k - 1) // 2) for k in kernel.shape]
    return _slide(np.pad(image, widths), kernel)


def padded_by_k(image, kernel):
    """You pad by k on each side, which adds a rim where kernel and image do not touch; k - 1 zeros are
    enough.
    """
    return _slide(np.pad(image, [(k, k) for k in kernel.shape]), kernel)


def padded_on_one_side(image, kernel):
    """You pad only above and to the left, so that the overlaps at the other end are missing; k - 1 zeros
    belong on each side.
    """
    return _slide(np.pad(image, [(k - 1, 0) for k in kernel.shape]), kernel)


def not_padded(image, kernel):
    """You take only the places where the kernel lies wholly inside; every overlap counts here."""
    return _slide(image, kernel)


def edge_padding(image, kernel):
    """You repeat the image's border in the padding; what is outside is 0."""
    return _slide(np.pad(image, [(k - 1, k - 1) for k in kernel.shape], mode="edge"), kernel)


def height_for_width(image, kernel):
    """You pad the columns by the kernel's height and the rows by its width; rows go with the height."""
    kh, kw = kernel.shape
    return _slide(np.pad(image, ((kw - 1, kw - 1), (kh - 1, kh - 1))), kernel)


def wrapped_around(image, kernel):
    """You let the image begin again beyond its border, as a product of Fourier spectra does without
    enough zeros; what is outside is 0.
    """
    return _slide(np.pad(image, [(k - 1, k - 1) for k in kernel.shape], mode="wrap"), kernel)


def exchanged_when_larger(image, kernel):
    """You exchange image and kernel when the kernel is the larger one, which turns the result by half a
    turn; without a flip the two play different parts.
    """
    if kernel.size > image.size:
        image, kernel = kernel, image
    return _full(image, kernel)


def large_kernels_refused(image, kernel):
    """You raise an error for a kernel that is larger than the image; every kernel overlaps the image
    somewhere.
    """
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel does not fit")
    return _full(image, kernel)


def result_turned(image, kernel):
    """You return the result turned by half a turn, as sliding from the other end does; the first element
    is where the kernel's last element touches the first pixel.
    """
    return _full(image, kernel)[::-1, ::-1]


def averaged(image, kernel):
    """You take the mean of the window times the kernel; the sum is asked."""
    return _full(image, kernel) / kernel.size


def stored_as_integers(image, kernel):
    """You store the sums in an array of integers, which cuts off every fraction; the result is float."""
    return _full(image, kernel).astype(np.int64)


def _full(image, kernel):
    return _slide(np.pad(image, [(k - 1, k - 1) for k in kernel.shape]), kernel)


def _slide(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijpq,pq->ij", windows, kernel)
