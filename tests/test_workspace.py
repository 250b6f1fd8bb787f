"""A learner's file is handed out once, read without waiting, and never lost."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

import cvdrill
from cvdrill.errors import CvdrillError
from cvdrill.model import Card, Drill, Level
from cvdrill.workspace import LIMIT_BYTES, Unreadable, Workspace

NOW = datetime(2026, 11, 22, 10, 15, 30, tzinfo=UTC)
DATED = "nms.2026-11-22T10-15-30.py"
STUB = b"def nms(boxes):\r\n    raise NotImplementedError  # \xc3\xa9\n"
MINE = b"def nms(boxes):\n    return boxes  # mine\n"


@pytest.fixture
def drill(tmp_path: Path) -> Drill:
    stub = tmp_path / "pack" / "nms.py"
    stub.parent.mkdir()
    stub.write_bytes(STUB)
    return Drill("nms", "detection", Card("NMS", Level.EASY, 10), stub, tmp_path / "pack" / "nms")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "my work")


@pytest.fixture
def path(workspace: Workspace, drill: Drill) -> Path:
    """Return the place of the learner's file, its folder made."""
    place = workspace.path(drill)
    place.parent.mkdir(parents=True)
    return place


def beside(path: Path) -> dict[str, bytes]:
    """Return all regular files in the topic's folder, hidden ones too."""
    return {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if entry.is_file()}


def refuse_links(*_: object, **__: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def fail(*_: object) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.fixture(params=[True, False], ids=["hard links", "no hard links"])
def _either_file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(os, "link", refuse_links)


# Handing out


@pytest.mark.usefixtures("_either_file_system")
def test_a_stub_is_copied_byte_for_byte_and_nothing_else_is_left(workspace: Workspace, drill: Drill) -> None:
    assert workspace.hand_out(drill)
    path = workspace.root / "detection" / "nms.py"
    assert path == workspace.path(drill)
    assert beside(path) == {"nms.py": STUB}


def test_a_copy_of_a_read_only_stub_can_be_written(workspace: Workspace, drill: Drill) -> None:
    drill.stub.chmod(0o444)
    workspace.hand_out(drill)
    umask = os.umask(0)
    os.umask(umask)
    assert workspace.path(drill).stat().st_mode & 0o777 == 0o666 & ~umask
    assert workspace.path(drill).stat().st_nlink == 1


@pytest.mark.usefixtures("_either_file_system")
def test_what_the_learner_wrote_is_not_written_over(workspace: Workspace, drill: Drill, path: Path) -> None:
    path.write_bytes(MINE)
    assert not workspace.hand_out(drill)
    assert beside(path) == {"nms.py": MINE}


@pytest.mark.usefixtures("_either_file_system")
def test_a_link_to_nowhere_is_not_followed(workspace: Workspace, drill: Drill, path: Path) -> None:
    target = path.with_name("precious.py")
    path.symlink_to(target)
    assert not workspace.hand_out(drill)
    assert path.is_symlink()
    assert not target.exists()


@pytest.mark.usefixtures("_either_file_system")
def test_a_file_that_appears_while_the_stub_is_copied_wins(
    workspace: Workspace, drill: Drill, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: path.write_bytes(MINE))
    assert not workspace.hand_out(drill)
    assert beside(path) == {"nms.py": MINE}


def test_where_a_file_is_nothing_is_written(
    workspace: Workspace, drill: Drill, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A learner goes on with a file on a disk that has filled up since."""
    monkeypatch.setattr(os, "fsync", fail)
    path.write_bytes(MINE)
    assert not workspace.hand_out(drill)


# Backing up


def test_a_backup_has_the_date_in_its_name(workspace: Workspace, drill: Drill, path: Path) -> None:
    path.write_bytes(MINE)
    assert workspace.back_up(drill, NOW) == path.with_name(DATED)
    assert beside(path) == {DATED: MINE}


def test_backups_of_one_second_do_not_write_over_each_other(
    workspace: Workspace, drill: Drill, path: Path
) -> None:
    for text in (b"one", b"two", b"three"):
        path.write_bytes(text)
        workspace.back_up(drill, NOW)
    assert beside(path) == {
        DATED: b"one",
        "nms.2026-11-22T10-15-30-2.py": b"two",
        "nms.2026-11-22T10-15-30-3.py": b"three",
    }


def test_a_backups_name_may_be_taken_by_a_link_to_nowhere(
    workspace: Workspace, drill: Drill, path: Path
) -> None:
    path.write_bytes(MINE)
    path.with_name(DATED).symlink_to("nowhere")
    backup = workspace.back_up(drill, NOW)
    assert beside(path) == {"nms.2026-11-22T10-15-30-2.py": MINE}
    assert backup == path.with_name("nms.2026-11-22T10-15-30-2.py")


def test_where_nothing_is_nothing_is_backed_up(workspace: Workspace, drill: Drill, path: Path) -> None:
    assert workspace.back_up(drill, NOW) is None
    assert Workspace(path / "none").back_up(drill, NOW) is None
    assert list(path.parent.iterdir()) == []


def test_a_folder_is_backed_up_with_all_that_is_in_it(workspace: Workspace, drill: Drill, path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").write_bytes(MINE)
    path.with_name(DATED).mkdir()
    backup = workspace.back_up(drill, NOW)
    assert backup == path.with_name("nms.2026-11-22T10-15-30-2.py")
    assert (backup / "notes.txt").read_bytes() == MINE
    assert not path.exists()


def test_a_link_is_backed_up_as_the_link_it_is(workspace: Workspace, drill: Drill, path: Path) -> None:
    path.symlink_to("nowhere.py")
    backup = workspace.back_up(drill, NOW)
    assert backup is not None
    assert backup.readlink() == Path("nowhere.py")
    assert not path.is_symlink()


def test_a_backup_that_cannot_be_made_leaves_all_as_it_was(
    workspace: Workspace, drill: Drill, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(MINE)
    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(CvdrillError, match="input/output error"):
        workspace.back_up(drill, NOW)
    assert beside(path) == {"nms.py": MINE}


# Renewing


@pytest.mark.usefixtures("_either_file_system")
def test_a_fresh_stub_takes_the_place_of_what_was_written(
    workspace: Workspace, drill: Drill, path: Path
) -> None:
    path.write_bytes(MINE)
    assert workspace.renew(drill, NOW) == path.with_name(DATED)
    assert beside(path) == {"nms.py": STUB, DATED: MINE}


def test_an_untouched_stub_is_not_backed_up(workspace: Workspace, drill: Drill, path: Path) -> None:
    workspace.hand_out(drill)
    inode = path.stat().st_ino
    assert workspace.renew(drill, NOW) is None
    assert beside(path) == {"nms.py": STUB}
    assert path.stat().st_ino == inode


def test_a_missing_file_is_handed_out(workspace: Workspace, drill: Drill) -> None:
    assert workspace.renew(drill, NOW) is None
    assert beside(workspace.path(drill)) == {"nms.py": STUB}


@pytest.mark.parametrize(
    "kind", ["folder", "link to nowhere", "link to a folder", "pipe", "socket", "too large"]
)
def test_whatever_is_in_the_way_is_moved_aside(
    workspace: Workspace, drill: Drill, path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(kind, path, monkeypatch)
    was = path.lstat()
    backup = workspace.renew(drill, NOW)
    assert backup == path.with_name(DATED)
    assert (backup.lstat().st_ino, backup.lstat().st_mode) == (was.st_ino, was.st_mode)
    assert path.read_bytes() == STUB


@pytest.mark.usefixtures("_either_file_system")
def test_an_edit_that_is_saved_while_the_old_one_is_moved_is_kept_too(
    workspace: Workspace, drill: Drill, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def rename_then_save(old: Path, new: Path) -> None:
        rename(old, new)
        old.write_bytes(b"saved by the editor")

    path.write_bytes(MINE)
    monkeypatch.setattr(os, "rename", rename_then_save)
    with pytest.raises(CvdrillError, match="was written again") as caught:
        workspace.renew(drill, NOW)
    assert beside(path) == {"nms.py": b"saved by the editor", DATED: MINE}
    assert caught.value.hint.endswith("cvdrill reset nms")


def test_two_terminals_that_renew_at_once_are_both_content(
    workspace: Workspace, drill: Drill, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def rename_as_another_hands_out(old: Path, new: Path) -> None:
        rename(old, new)
        old.write_bytes(STUB)

    path.write_bytes(MINE)
    monkeypatch.setattr(os, "rename", rename_as_another_hands_out)
    assert workspace.renew(drill, NOW) == path.with_name(DATED)
    assert beside(path) == {"nms.py": STUB, DATED: MINE}


def renew_elsewhere(path: Path, drill: Drill, *, first: str = "") -> subprocess.CompletedProcess[str]:
    """Renew in another process, after some Python."""
    script = (
        "import os, resource, signal, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from cvdrill.errors import CvdrillError\n"
        "from cvdrill.model import Card, Drill, Level\n"
        "from cvdrill.workspace import Workspace\n"
        "drill = Drill('nms', 'detection', Card('NMS', Level.EASY, 10), Path(sys.argv[2]), Path())\n"
        f"{first}\n"
        "try:\n"
        "    Workspace(Path(sys.argv[1])).renew(drill, datetime(2026, 11, 22, 10, 15, 30, tzinfo=UTC))\n"
        "except CvdrillError as error:\n"
        "    print(error.exit_code, error.message, error.hint, sep='|')\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, str(path.parents[1]), str(drill.stub)],
        env={**os.environ, "PYTHONPATH": str(Path(cvdrill.__file__).parents[1])},
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.parametrize("call", ["fsync", "rename", "link", "unlink"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_between_any_two_steps_loses_nothing(
    workspace: Workspace, drill: Drill, path: Path, call: str, when: str
) -> None:
    path.write_bytes(MINE)
    die = (
        f"real, die = os.{call}, lambda: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"os.{call} = lambda *a, **k: die() if {when == 'before'} else (real(*a, **k), die())"
    )
    assert renew_elsewhere(path, drill, first=die).returncode == -9
    assert MINE in beside(path).values()
    assert beside(path).get("nms.py") in (None, MINE, STUB)
    workspace.renew(drill, NOW)
    left = beside(path)
    assert left["nms.py"] == STUB
    assert MINE in left.values()
    assert {name for name in left if not name.startswith(".")} <= {
        "nms.py",
        DATED,
        "nms.2026-11-22T10-15-30-2.py",
    }


def test_a_disk_with_no_room_for_the_stub_leaves_the_learners_file_in_its_place(
    drill: Drill, path: Path
) -> None:
    path.write_bytes(MINE)
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))"
    ran = renew_elsewhere(path, drill, first=limit)
    assert ran.stdout.startswith("3|")
    assert ran.stdout.count("\n") == 1
    assert beside(path) == {"nms.py": MINE}


def test_a_disk_that_is_really_full_is_named(drill: Drill, tmp_path: Path) -> None:
    """On a small disk of memory, in a mount namespace of its own."""
    if not shutil.which("unshare"):
        pytest.skip("this system lets us mount no small disk")
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from cvdrill.model import *\n"
        "from cvdrill.workspace import *\n"
        "from datetime import UTC, datetime\n"
        "drill = Drill('nms', 'detection', Card('NMS', Level.EASY, 10), Path(sys.argv[2]), Path())\n"
        "work = Workspace(Path(sys.argv[1]))\n"
        "work.hand_out(drill); work.path(drill).write_bytes(b'mine')\n"
        "rest = open(work.root / 'rest', 'wb', buffering=0)\n"
        "try:\n"
        "    while rest.write(bytes(512)): pass\n"
        "except OSError: pass\n"
        "try: work.renew(drill, datetime.now(UTC))\n"
        "except CvdrillError as error: print(error.message)\n"
        "print(os.listdir(work.path(drill).parent), work.read(drill))\n"
    )
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    mount += ['mount -t tmpfs -o size=64k none "$0" || exit 77; exec "$@"', str(disk)]
    ran = subprocess.run(
        [*mount, sys.executable, "-c", script, str(disk), str(drill.stub)],
        env={**os.environ, "PYTHONPATH": str(Path(cvdrill.__file__).parents[1])},
        capture_output=True,
        check=False,
        text=True,
    )
    if "Operation not permitted" in ran.stderr or ran.returncode == 77:
        pytest.skip("this system lets us mount no small disk")
    message = f"The disk is full: nothing could be written in {disk / 'detection'}."
    assert ran.stdout.splitlines() == [message, "['nms.py'] b'mine'"]


# Reading


def make(kind: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put something that is no readable file at a path."""
    if kind == "folder":
        path.mkdir()
    elif kind == "link to nowhere":
        path.symlink_to("nowhere.py")
    elif kind == "link to a folder":
        path.symlink_to(path.parent)
    elif kind == "link to itself":
        path.symlink_to(path.name)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        monkeypatch.chdir(path.parent)  # a socket's path may not be long
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "too large":
        path.touch()
        os.truncate(path, LIMIT_BYTES + 1)


WAY_OUT = "To move it aside and get a fresh stub, type: cvdrill reset nms"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("nothing", "is not there. To get it, type: cvdrill reset nms"),
        ("folder", f"is a directory, not a file. {WAY_OUT}"),
        ("link to nowhere", f"is a link to nowhere.py, which is not there. {WAY_OUT}"),
        ("link to itself", f"is a link that leads back to itself. {WAY_OUT}"),
        ("pipe", f"is a named pipe, not a file. {WAY_OUT}"),
        ("socket", f"is a socket or a device, not a file. {WAY_OUT}"),
        ("device", f"is a device, not a file. {WAY_OUT}"),
        ("too large", "is larger than 1 MB; a solution has a few thousand bytes."),
    ],
)
def test_what_cannot_be_read_is_named_in_a_sentence(
    workspace: Workspace, drill: Drill, path: Path, kind: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(kind, path, monkeypatch)
    with pytest.raises(Unreadable) as caught:
        workspace.read(drill)
    assert str(caught.value) == f"{path} {said}"


def test_a_file_in_the_learners_home_is_named_as_they_would_type_it(
    workspace: Workspace, drill: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(workspace.root.parent))
    with pytest.raises(Unreadable, match=r"^~/my work/detection/nms\.py is not there"):
        workspace.read(drill)


@pytest.mark.parametrize("source", [b"", MINE, b"\xff\x00\r\n", b"#" * LIMIT_BYTES])
def test_a_file_is_read_byte_for_byte(workspace: Workspace, drill: Drill, path: Path, source: bytes) -> None:
    path.write_bytes(source)
    assert workspace.read(drill) == source


def test_a_link_to_a_file_is_followed(workspace: Workspace, drill: Drill, path: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles.py").write_bytes(MINE)
    path.symlink_to(tmp_path / "dotfiles.py")
    assert workspace.read(drill) == MINE


def test_a_file_that_says_it_is_empty_but_is_not_is_read_to_the_limit(
    workspace: Workspace, drill: Drill, path: Path
) -> None:
    """Files under /proc have no size; their bytes are what counts."""
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc here")
    path.symlink_to("/proc/self/status")
    assert workspace.read(drill).startswith(b"Name:")


def test_reading_leaves_no_descriptor_open(workspace: Workspace, drill: Drill, path: Path) -> None:
    path.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
    try:
        for _ in range(200):
            with pytest.raises(Unreadable, match="is a directory"):
                workspace.read(drill)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


# Places that cannot hold a workspace


@pytest.mark.parametrize("place", ["my work", "my work/detection"])
@pytest.mark.parametrize("kind", ["file", "link to nowhere"])
def test_a_file_in_a_folders_place_is_one_clear_line(
    workspace: Workspace, drill: Drill, tmp_path: Path, place: str, kind: str
) -> None:
    blocks = tmp_path / place
    blocks.parent.mkdir(exist_ok=True)
    blocks.write_text("mine") if kind == "file" else blocks.symlink_to("nowhere")
    folder = workspace.path(drill).parent
    for act in (lambda: workspace.hand_out(drill), lambda: workspace.renew(drill, NOW)):
        with pytest.raises(CvdrillError) as caught:
            act()
        assert caught.value.message == f"No drill can be handed out in {folder}: {blocks} is not a folder."
        assert "CVDRILL_WORKSPACE" in caught.value.hint
        assert caught.value.exit_code == 3


@pytest.mark.parametrize("there", [False, True], ids=["to be made", "to be renewed"])
def test_a_folder_that_may_not_be_written_is_one_clear_line(drill: Drill, there: bool) -> None:
    root = Path(tempfile.mkdtemp())
    path = root / "detection" / "nms.py"
    if there:
        path.parent.mkdir()
        path.write_bytes(MINE)
        path.parent.chmod(0o555)
    root.chmod(0o555)
    stub = root.with_name(root.name + ".py")
    stub.write_bytes(STUB)
    as_learner = "if os.geteuid() == 0: os.seteuid(65534)"  # root may write everywhere
    try:
        ran = renew_elsewhere(path, Drill("nms", "detection", drill.card, stub, stub), first=as_learner)
    finally:
        stub.unlink()
        root.chmod(0o755)
        if there:
            path.parent.chmod(0o755)
            assert path.read_bytes() == MINE
        shutil.rmtree(root)
    exit_code, message, hint = ran.stdout.split("|")
    assert (exit_code, message) == ("3", f"{path.parent} cannot be written: permission denied.")
    assert "CVDRILL_WORKSPACE" in hint


def test_a_file_that_may_not_be_read_says_how_to_allow_it(drill: Drill) -> None:
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    path = root / "detection" / "nms.py"
    path.parent.mkdir()
    path.write_bytes(MINE)
    path.chmod(0)
    first = (
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "try: Workspace(Path(sys.argv[1])).read(drill)\n"
        "except ValueError as error: print(error); sys.exit()\n"
    )
    try:
        ran = renew_elsewhere(path, drill, first=first)
    finally:
        shutil.rmtree(root)
    assert ran.stdout == f"{path} cannot be read: permission denied. To allow it, type: chmod u+r {path}\n"


def test_a_pack_without_its_stub_is_a_fault_of_ours(workspace: Workspace, drill: Drill) -> None:
    drill.stub.unlink()
    with pytest.raises(CvdrillError, match=r"The stub .* cannot be read") as caught:
        workspace.hand_out(drill)
    assert caught.value.exit_code == 3
