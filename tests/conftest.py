import tempfile

import pytest

from cvdrill import grading

# One of its cases is wrong on purpose.
collect_ignore = ["pack/solutions/demo/faulty"]


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory):
    """Keep the learner's own files, history and server out of the tests; end the tests' server."""
    folder = tmp_path_factory.mktemp("cvdrill", numbered=False)
    # Not below pytest's folder: a socket's path has to be short.
    with tempfile.TemporaryDirectory(prefix="cvd") as runtime, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", runtime)
        patch.setenv("CVDRILL_HOME", str(folder / "home"))
        patch.setenv("CVDRILL_WORKSPACE", str(folder / "workspace"))
        patch.setenv("CVDRILL_TEST", str(folder))
        yield
        grading.stop_server()
