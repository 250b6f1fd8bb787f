"""Oracles: torch.nn.functional.one_hot and scikit-learn's OneHotEncoder."""

import numpy as np
import pytest
import torch
from sklearn.preprocessing import OneHotEncoder

from cvdrill.testing import strided

DTYPES = [np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32, np.uint64, np.int64]


def by_torch(labels, num_classes):
    return torch.nn.functional.one_hot(torch.from_numpy(labels.astype(np.int64)), num_classes).numpy()


@pytest.mark.parametrize("dtype", DTYPES)
def test_agrees_with_torch(reference, rng, dtype):
    for shape in ((), (1,), (9,), (4, 3), (2, 3, 4), (2, 1, 3, 2), (3, 0, 2)):
        for num_classes in (1, 2, 5, 100, 128, 300):
            labels = rng.integers(0, min(num_classes, 128), shape, dtype=dtype)
            labels = np.asarray(labels, dtype)
            result = reference.one_hot(labels, num_classes)
            np.testing.assert_array_equal(result, by_torch(labels, num_classes))
            assert result.dtype == np.float64
            if labels.ndim:
                np.testing.assert_array_equal(reference.one_hot(strided(labels), num_classes), result)


def test_agrees_with_scikit_learn(reference, rng):
    for num_classes in (2, 3, 11):
        labels = rng.integers(0, num_classes, 40)
        encoder = OneHotEncoder(categories=[np.arange(num_classes)], sparse_output=False)
        np.testing.assert_array_equal(
            reference.one_hot(labels, num_classes), encoder.fit_transform(labels[:, None])
        )


def test_refuses_what_torch_refuses(reference, rng):
    refused = 0
    for _ in range(300):
        labels, num_classes = rng.integers(-1, 5, rng.integers(0, 4, 2)), int(rng.integers(1, 6))
        try:
            expected = by_torch(labels, num_classes)
        except RuntimeError:
            refused += 1
            with pytest.raises(ValueError, match="labels"):
                reference.one_hot(labels, num_classes)
        else:
            np.testing.assert_array_equal(reference.one_hot(labels, num_classes), expected)
    assert 50 < refused < 250
