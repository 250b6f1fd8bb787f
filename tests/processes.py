"""Finds the processes that a test has started, by a word in the environment that they were given."""

import time
from pathlib import Path


def with_word(word):
    """Return the ids of the living processes whose first environment holds `word`."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if word.encode() in (entry / "environ").read_bytes():
                    found.add(int(entry.name))
            except OSError:  # it ended meanwhile
                continue
    return found


def until(condition, seconds=20.0):
    """Wait until a condition holds; fail when it does not come to hold in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)
