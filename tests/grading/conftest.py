from pathlib import Path

import pytest

from cvdrill import catalog, launch


@pytest.fixture(scope="session")
def pack():
    """The small drills of `tests/pack`."""
    return catalog.load([Path(__file__).parent.parent / "pack"])


@pytest.fixture(autouse=True)
def lines():
    """End what a test has begun ahead, as the command line does."""
    yield
    launch.leave()
