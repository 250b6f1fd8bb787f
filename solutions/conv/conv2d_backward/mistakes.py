import numpy as np


def overlap_overwritten(dout, x, weight, stride=1, padding=0):
    """You assign to a window of dx instead of adding to it, so of overlapping windows only the last one
    counts; a pixel collects from all windows that it was in.
    """
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    (height, width), (kh, kw) = x.shape[2:], weight.shape[2:]
    dpadded = np.zeros((*x.shape[:2], height + 2 * ph, width + 2 * pw), x.dtype)
    for i, j in np.ndindex(dout.shape[2:]):
        d = np.einsum("no,ocpq->ncpq", dout[:, :, i, j], weight)
        dpadded[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw] = d
    dx = dpadded[:, :, ph : ph + height, pw : pw + width]
    return dx, *_backward(dout, x, weight, stride, padding)[1:]


def padding_not_removed(dout, x, weight, stride=1, padding=0):
    """You return the gradient of the padded input; dx has the shape of x, so cut the padding off."""
    ph, pw = _pair(padding)
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    return _backward(dout, padded, weight, stride, 0)


def padding_cut_at_the_end(dout, x, weight, stride=1, padding=0):
    """You cut all of the padding off at the end; half of it lies before the image."""
    ph, pw = _pair(padding)
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded, dweight, dbias = _backward(dout, padded, weight, stride, 0)
    return dpadded[:, :, : x.shape[2], : x.shape[3]], dweight, dbias


def flipped_kernel(dout, x, weight, stride=1, padding=0):
    """You add the kernel reversed to the windows of dx; pixel (i + p, j + q) was multiplied by weight[p,
    q], and that is its gradient.
    """
    _, *others = _backward(dout, x, weight, stride, padding)
    return _backward(dout, x, weight[:, :, ::-1, ::-1], stride, padding)[0], *others


def dweight_flipped(dout, x, weight, stride=1, padding=0):
    """You return dweight reversed, as if the layer had flipped its kernel; it does not."""
    dx, dweight, dbias = _backward(dout, x, weight, stride, padding)
    return dx, dweight[:, :, ::-1, ::-1], dbias


def averaged_over_the_batch(dout, x, weight, stride=1, padding=0):
    """You divide the gradients of weights and bias by the number of images; they are sums, since dout
    already holds what the loss does with the batch.
    """
    dx, dweight, dbias = _backward(dout, x, weight, stride, padding)
    return dx, dweight / len(x), dbias / len(x)


def last_image_only(dout, x, weight, stride=1, padding=0):
    """You overwrite dweight with each image of the batch, so only the last one counts; the gradients of
    all images add up.
    """
    dx, _, dbias = _backward(dout, x, weight, stride, padding)
    return dx, _backward(dout[-1:], x[-1:], weight, stride, padding)[1], dbias


def bias_averaged(dout, x, weight, stride=1, padding=0):
    """You take the mean of dout for dbias; the bias was added everywhere, so it is the sum."""
    dx, dweight, _ = _backward(dout, x, weight, stride, padding)
    return dx, dweight, dout.mean(axis=(0, 2, 3))


def bias_for_each_image(dout, x, weight, stride=1, padding=0):
    """You sum dout over the places but not over the batch; there is one bias for all images, so dbias
    has shape (O,).
    """
    dx, dweight, _ = _backward(dout, x, weight, stride, padding)
    return dx, dweight, dout.sum(axis=(2, 3))


def wrong_order(dout, x, weight, stride=1, padding=0):
    """You return dweight, dbias, dx; the order is dx, dweight, dbias."""
    dx, dweight, dbias = _backward(dout, x, weight, stride, padding)
    return dweight, dbias, dx


def stride_axes_swapped(dout, x, weight, stride=1, padding=0):
    """You step along the columns by the first number of stride and down the rows by the second; the
    first is the vertical one.
    """
    return _backward(dout, x, weight, _pair(stride)[::-1], padding)


def padding_axes_swapped(dout, x, weight, stride=1, padding=0):
    """You put the first number of padding on the left and right and the second above and below; the
    first counts rows.
    """
    return _backward(dout, x, weight, stride, _pair(padding)[::-1])


def stride_ignored(dout, x, weight, stride=1, padding=0):  # noqa: ARG001
    """You let neighbouring windows lie one pixel apart whatever the stride; window (i, j) begins at (i *
    stride, j * stride).
    """
    return _backward(dout, x, weight, 1, padding)


def remainder_cut_off(dout, x, weight, stride=1, padding=0):
    """You size dx by what the windows reach; pixels that no window reached have gradient 0, but they
    belong to dx.
    """
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    height = (dout.shape[2] - 1) * sh + weight.shape[2] - 2 * ph
    width = (dout.shape[3] - 1) * sw + weight.shape[3] - 2 * pw
    dx, dweight, dbias = _backward(dout, x, weight, stride, padding)
    return dx[:, :, : max(height, 0), : max(width, 0)], dweight, dbias


def pairs_refused(dout, x, weight, stride=1, padding=0):
    """You take only ints for stride and padding; a pair gives each direction its own number."""
    return _backward(dout, x, weight, int(stride), int(padding))


def _pair(value):
    return tuple(value) if isinstance(value, tuple | list) else (value, value)


def _backward(dout, x, weight, stride, padding):
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    (height, width), (kh, kw) = x.shape[2:], weight.shape[2:]
    out_h, out_w = dout.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded, dweight = np.zeros_like(padded), np.zeros_like(weight)
    for p, q in np.ndindex(kh, kw):
        part = np.s_[:, :, p : p + sh * (out_h - 1) + 1 : sh, q : q + sw * (out_w - 1) + 1 : sw]
        dweight[:, :, p, q] = np.einsum("noij,ncij->oc", dout, padded[part])
        dpadded[part] += np.einsum("noij,oc->ncij", dout, weight[:, :, p, q])
    return dpadded[:, :, ph : ph + height, pw : pw + width], dweight, dout.sum(axis=(0, 2, 3))
