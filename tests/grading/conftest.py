from pathlib import Path

import pytest

from cvdrill import catalog


@pytest.fixture(scope="session")
def pack():
    """The small drills of `tests/pack`."""
    return catalog.load([Path(__file__).parent.parent / "pack"])
