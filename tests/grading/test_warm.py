"""The server that outlives a check."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import cvdrill
from cvdrill import catalog, grading, launch
from cvdrill.model import Outcome

from processes import until

RIGHT = b"def double(x):\n    return 2 * x\n"


@pytest.fixture(autouse=True)
def server_of_our_own(monkeypatch):
    """Each test has a runtime folder of its own; its server is ended with it."""
    with tempfile.TemporaryDirectory(prefix="cvd") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.delenv("CVDRILL_WARM", raising=False)
        yield Path(folder)
        grading.stop_server()


@pytest.fixture
def double(pack):
    return pack.find("double")


def test_the_second_check_is_served_by_the_same_server(double):
    pids = set()
    for count in (1, 2):
        assert grading.grade(double, RIGHT).outcome is Outcome.PASSED
        status = grading.server_status()
        assert status.graded == count
        pids.add(status.pid)
    assert len(pids) == 1


def test_turned_off_there_is_none(double, monkeypatch):
    monkeypatch.setenv("CVDRILL_WARM", "0")
    assert grading.grade(double, RIGHT).outcome is Outcome.PASSED
    assert grading.server_status() is None
    monkeypatch.delenv("CVDRILL_WARM")
    assert grading.server_status() is None


def test_it_is_stopped_on_demand(double, server_of_our_own):
    grading.grade(double, RIGHT)
    pid = grading.server_status().pid
    assert grading.stop_server()
    until_dead(pid)
    assert not list(server_of_our_own.glob("*/*.sock"))
    assert not grading.stop_server()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_after_a_dead_server_the_next_check_starts_another(double, number):
    grading.grade(double, RIGHT)
    dead = grading.server_status().pid
    os.kill(dead, number)
    until_dead(dead)
    assert grading.grade(double, RIGHT).outcome is Outcome.PASSED
    assert grading.server_status().pid != dead


def test_a_server_that_hangs_up_at_once_is_replaced_for_this_check(double):
    """As one does that is about to go."""
    address = launch.warm_address()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    thread = threading.Thread(target=lambda: listener.accept()[0].close())
    thread.start()
    assert grading.grade(double, RIGHT).outcome is Outcome.PASSED
    thread.join()
    listener.close()


def test_many_first_checks_at_once_end_with_one_server(double):
    with ThreadPoolExecutor(6) as pool:
        verdicts = list(pool.map(lambda _: grading.grade(double, RIGHT), range(6)))
    assert {verdict.outcome for verdict in verdicts} == {Outcome.PASSED}
    assert grading.server_status() is not None
    # The others are about to end.
    until(lambda: len(_servers(os.environ["XDG_RUNTIME_DIR"])) == 1)


def test_checks_at_once_do_not_wait_for_a_hanging_one(double):
    grading.grade(double, RIGHT)
    hanging = b"def double(x):\n    while True: pass\n"
    limits = grading.Limits(call_s=30, check_s=30)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(grading.grade, double, hanging, limits=grading.Limits(call_s=3, check_s=4))
        assert grading.grade(double, RIGHT, limits=limits).outcome is Outcome.PASSED
        assert not slow.done()
        assert slow.result().outcome is Outcome.TIMEOUT


def test_a_check_that_is_expected_finds_a_judge_and_a_worker(double, server_of_our_own):
    grading.grade(double, RIGHT)
    launch.prepare()
    launch.expect("double")
    until(lambda: len(_servers(str(server_of_our_own))) == 3)
    launch.leave()
    assert len(_servers(str(server_of_our_own))) == 1
    launch.prepare()
    launch.expect(None)  # the same again
    until(lambda: len(_servers(str(server_of_our_own))) == 3)
    ready, seen = _servers(str(server_of_our_own)), []
    verdict = grading.grade(double, RIGHT, on_case=lambda _: seen.append(_servers(str(server_of_our_own))))
    assert verdict.outcome is Outcome.PASSED
    assert set(ready) <= set(seen[0])  # there may be one more, for the reference
    launch.leave()
    assert len(_servers(str(server_of_our_own))) == 1


def test_a_check_that_was_not_expected_is_graded_as_well(double, pack):
    grading.grade(double, RIGHT)
    for word in ("double", "nothing", None, ["no name"]):
        launch.prepare()
        launch.expect(word)
        drill = pack.find("scale")
        assert grading.grade(drill, drill.reference.read_bytes()).outcome is Outcome.PASSED


def test_cases_that_cannot_be_loaded_break_only_the_check_that_is_asked_for(double, tmp_path):
    """A judge that got ready for them says nothing before."""
    pack = tmp_path / "pack"
    shutil.copytree(double.stub.parents[2], pack)
    copy = catalog.load([pack]).find("double")
    assert grading.grade(copy, RIGHT).outcome is Outcome.PASSED
    copy.cases.write_text("1 / 0\n")
    for drill, outcome in ((double, Outcome.PASSED), (copy, Outcome.BROKEN)):
        grading.grade(copy, RIGHT)
        launch.prepare()
        launch.expect("double")
        verdict = grading.grade(drill, RIGHT, seed=7)
        assert (verdict.outcome, verdict.seed) == (outcome, 7)


def test_a_check_with_other_limits_than_the_last_gets_a_worker_of_its_own(double):
    grading.grade(double, RIGHT)
    launch.prepare()
    launch.expect("double")
    greedy = b"def double(x):\n    bytearray(400 * 2**20)\n    return 2 * x\n"
    limits = grading.Limits(memory_bytes=200 * 2**20)
    assert grading.grade(double, greedy, limits=limits).outcome is Outcome.MEMORY


def test_a_first_check_with_torch_is_expected_in_vain(double, pack):
    """What was forked before torch was loaded is of no use to it."""
    grading.grade(double, RIGHT)
    launch.prepare()
    launch.expect("double")
    square = pack.find("square")
    assert grading.grade(square, square.reference.read_bytes()).outcome is Outcome.PASSED


def test_the_socket_is_for_the_user_alone(double, server_of_our_own):
    grading.grade(double, RIGHT)
    address = Path(launch.warm_address())
    assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(address.stat().st_mode) == 0o600


def test_a_folder_that_others_can_enter_is_not_used(double, server_of_our_own):
    folder = server_of_our_own / "cvdrill"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    assert launch.warm_address() is None
    assert grading.grade(double, RIGHT).outcome is Outcome.PASSED
    assert not list(folder.iterdir())


def test_a_folder_that_cannot_be_made_is_done_without(double, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "file"))
    assert grading.grade(double, RIGHT).outcome is Outcome.PASSED


def test_a_path_too_long_for_a_socket_is_done_without(double, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("x" * 120)))
    assert launch.warm_address() is None
    assert grading.grade(double, RIGHT).outcome is Outcome.PASSED


def test_a_temporary_folder_that_is_none_is_done_without(double, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "gone"))
    assert grading.grade(double, RIGHT).outcome is Outcome.PASSED


FULL_FOLDER = """
import os, sys
from pathlib import Path
from cvdrill import catalog, grading
double = catalog.load([Path(sys.argv[1])]).find("double")
os.environ["TMPDIR"] = sys.argv[2]
verdict = grading.grade(double, b"def double(x): return 2 * x")
print(verdict.outcome, "No space left" in verdict.details, grading.server_status().pid)
del os.environ["TMPDIR"]
print(grading.grade(double, b"def double(x): return 2 * x").outcome, True, grading.server_status().pid)
"""


def test_a_full_temporary_folder_breaks_one_check_and_not_the_server(double, tmp_path):
    """On a small disk of memory, in a mount namespace of its own."""
    within = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    within += ['mount -t tmpfs -o nr_inodes=1 none "$0" && exec "$@"', str(tmp_path)]
    if not shutil.which("unshare") or subprocess.call([*within, "true"], stderr=subprocess.DEVNULL):
        pytest.skip("this system lets us mount no small disk")
    pack = double.stub.parents[2]
    done = subprocess.run(
        [*within, sys.executable, "-c", FULL_FOLDER, str(pack), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(Path(cvdrill.__file__).resolve().parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    broken, passed = (line.split() for line in done.stdout.splitlines())
    assert (broken[:2], passed[:2]) == (["BROKEN", "True"], ["PASSED", "True"])
    assert broken[2] == passed[2], "the server is another one"


def test_another_set_of_packages_asks_for_another_server(monkeypatch):
    before = launch.warm_address()
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert launch.warm_address() != before


def test_warming_up_for_a_torch_drill_loads_torch(pack):
    grading.warm_up(pack.find("square"))
    until(lambda: (status := grading.server_status()) is not None and status.torch)


def test_a_server_that_has_loaded_all_has_no_threads_that_a_fork_would_miss(pack):
    square = pack.find("square")
    assert grading.grade(square, square.reference.read_bytes()).outcome is Outcome.PASSED
    status = grading.server_status()
    assert status.torch
    if Path("/proc").is_dir():
        assert len(list(Path(f"/proc/{status.pid}/task").iterdir())) == 1


def test_nonsense_at_the_door_does_no_harm(double):
    grading.grade(double, RIGHT)
    pid = grading.server_status().pid
    for data in (b"", b"\0" * 12, b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 4000):
        sock = launch.connect_warm()
        sock.sendall(data)
        sock.close()
    assert grading.grade(double, RIGHT).outcome is Outcome.PASSED
    assert grading.server_status().pid == pid


def test_it_goes_when_nobody_has_come_for_long(server_of_our_own):
    address = server_of_our_own / "s.sock"
    _start_server(address, "_IDLE_S = 0.5")
    until(lambda: not address.exists())


def test_it_goes_when_its_socket_is_removed(server_of_our_own):
    address = server_of_our_own / "s.sock"
    _start_server(address, "_LOOK_S = 0.1")
    (pid,) = _servers(str(address))
    address.unlink()
    until_dead(pid)


def _start_server(address, change):
    """Start a server whose first client hangs up at once."""
    program = (
        "import cvdrill.grading.server as server, sys\n"
        f"server.{change}\n"
        "sys.argv = ['server', *sys.argv[1:]]\n"
        "server.main()\n"
    )
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-c", program, "serve", str(theirs.fileno()), str(address)]
    subprocess.run(command, pass_fds=[theirs.fileno()], check=True, timeout=30)
    theirs.close()
    until(address.exists)
    ours.close()


def _servers(word):
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if b"cvdrill.grading.server" in command and word.encode() in command:
                found.append(int(entry.name))
    return found


def until_dead(pid):
    until(lambda: not Path(f"/proc/{pid}").exists())
