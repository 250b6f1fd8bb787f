"""Each file here holds one reference to an independent implementation: `test_nms.py` that of `nms`."""

import numpy as np
import pytest

from cvdrill import catalog
from cvdrill.testing import load_module


@pytest.fixture(scope="module")
def reference(request):
    drill_id = request.path.stem.removeprefix("test_")
    return load_module(catalog.load().find(drill_id).reference)


@pytest.fixture
def rng():
    return np.random.default_rng(20240229)
