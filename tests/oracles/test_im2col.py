"""Oracle: torch.nn.functional.unfold, and the definition, one number at a time."""

import numpy as np
import pytest
import torch

from cvdrill.testing import strided


def unfold(x, kernel_size, stride, padding):
    return torch.nn.functional.unfold(
        torch.from_numpy(np.ascontiguousarray(x)), kernel_size, padding=padding, stride=stride
    ).numpy()


def random_call(rng, dtype):
    while True:
        x = rng.standard_normal(rng.integers(1, [4, 4, 10, 10])).astype(dtype)
        kernel_size, stride = (tuple(map(int, rng.integers(1, 5, 2))) for _ in range(2))
        padding = tuple(map(int, rng.integers(0, 4, 2)))
        if all(s + 2 * p >= k for s, p, k in zip(x.shape[2:], padding, kernel_size, strict=True)):
            return x, kernel_size, stride, padding


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_agrees_with_unfold(reference, rng, dtype):
    for _ in range(300):
        x, *options = random_call(rng, dtype)
        result = reference.im2col(x, *options)
        np.testing.assert_array_equal(result, unfold(x, *options))
        assert result.dtype == dtype
        np.testing.assert_array_equal(reference.im2col(strided(x), *options), result)


@pytest.mark.parametrize(("kernel_size", "stride", "padding"), [(1, 1, 0), (3, 1, 1), (2, 3, 0), (3, 2, 2)])
def test_ints_agree_with_unfold(reference, rng, kernel_size, stride, padding):
    for shape in ((1, 1, 3, 3), (2, 3, 5, 8), (3, 2, 9, 4)):
        x = rng.standard_normal(shape)
        expected = unfold(x, kernel_size, stride, padding)
        np.testing.assert_array_equal(reference.im2col(x, kernel_size, stride, padding), expected)
    np.testing.assert_array_equal(reference.im2col(x, kernel_size), unfold(x, kernel_size, 1, 0))


def test_agrees_with_the_definition(reference, rng):
    for _ in range(30):
        x, (kh, kw), (sh, sw), (ph, pw) = random_call(rng, np.float64)
        n, c, h, w = x.shape
        oh, ow = (h + 2 * ph - kh) // sh + 1, (w + 2 * pw - kw) // sw + 1
        expected = np.zeros((n, c * kh * kw, oh * ow))
        for place in np.ndindex(n, c, kh, kw, oh, ow):
            image, channel, i, j, y, z = place
            row, column = y * sh + i - ph, z * sw + j - pw
            if 0 <= row < h and 0 <= column < w:
                value = x[image, channel, row, column]
                expected[image, (channel * kh + i) * kw + j, y * ow + z] = value
        np.testing.assert_array_equal(reference.im2col(x, (kh, kw), (sh, sw), (ph, pw)), expected)
