"""Begins a drill: six files that work as they are, with guidance in them, for the author to replace."""

from __future__ import annotations

import keyword
import re
import string
from typing import TYPE_CHECKING

from cvdrill import catalog, paths
from cvdrill.errors import CvdrillError

if TYPE_CHECKING:
    from pathlib import Path

_STUB = '''\
import numpy as np


def $drill(x: np.ndarray) -> np.ndarray:
    """Say in one line what is computed; here, move a signal so that its mean is 0.

    Say in two or three sentences what it is for, and why interviewers ask it.

    Parameters
    ----------
    x : ndarray of float, shape (n,)
        At least one number. Where it says `of float`, the cases have to pass float32 and float64.

    Returns
    -------
    ndarray of float, shape (n,)
        ``x`` less its mean.

    Notes
    -----
    - State every convention that decides whether a right answer is accepted: ties, empty inputs, dtypes.
    - The inputs are left as they are.
    - Not allowed: name what the card bans.

    References
    ----------
    Say where the formula and the conventions come from: author, title, year, section.

    Examples
    --------
    >>> $drill(np.array([1.0, 2.0, 6.0]))
    array([-2., -1.,  3.])
    """
    raise NotImplementedError
'''

_CARD = """\
title = "$title"
# easy, medium or hard
level = "easy"
# par: how long a prepared candidate takes
minutes = 10
# ids of drills that are better solved first
after = []
# three, from a nudge to nearly the answer
hints = [
    "Which number has to be taken off, so that what is left adds up to 0?",
    "The mean is one number, and an array less a number is an array. Which operator makes a new one?",
    "`x - x.mean()`",
]

# What would give the answer away, under every name that it goes by, and what is to be written instead:
# [[banned]]
# calls = ["scipy.signal.detrend"]
# instead = "Compute the mean yourself and subtract it."
"""

_REFERENCE = '''\
"""Name the method, cite its source, and write the formula: y_i = x_i - mean(x).

This is the plainest correct version, with the shape of every array in a comment.
"""

import numpy as np


def $drill(x: np.ndarray) -> np.ndarray:
    return x - x.mean()  # (n,)
'''

_CASES = '''\
import numpy as np
import pytest

from cvdrill.testing import assert_close, strided

# A learner reads a case's name and the first line of its docstring, so that line says what is asked.
# Begin with small inputs worked by hand, one for each convention of the statement; end with random ones.


def test_three_numbers(attempt):
    """The mean of 1, 2 and 6 is 3, and is taken off each of them."""
    actual = attempt.$drill(np.array([1.0, 2.0, 6.0]))
    assert_close(actual, np.array([-2.0, -1.0, 3.0]))


def test_one_number(attempt):
    """A single number is its own mean."""
    assert_close(attempt.$drill(np.array([7.0])), np.array([0.0]))


@pytest.mark.parametrize("n", [2, 9, 40])
def test_random_numbers(attempt, reference, rng, n):
    """Agrees with the reference on random numbers."""
    x = rng.uniform(-10, 10, n)
    assert_close(attempt.$drill(x), reference.$drill(x))


def test_random_numbers_in_float32(attempt, reference, rng):
    """Agrees with the reference on numbers in float32."""
    x = rng.uniform(-10, 10, 20).astype(np.float32)
    assert_close(attempt.$drill(x), reference.$drill(x))


def test_strided_views(attempt, reference, rng):
    """Works on views whose memory is not contiguous."""
    x = rng.uniform(-10, 10, 8)
    assert_close(attempt.$drill(strided(x)), reference.$drill(x))


# After a pass the learner's time for this job is compared with the reference's, which should take a few
# milliseconds. Leave it out where no input is larger than another.
def runtime(attempt, rng):
    """Move a signal of 200,000 numbers."""
    x = rng.uniform(-10, 10, 200_000)
    return lambda: attempt.$drill(x)
'''

_MISTAKES = '''\
import numpy as np

# Each public function is a wrong answer that people give, with the signature of the one that it stands in
# for. Its docstring is shown to a learner whose results agree with it: what was done, and what was asked.
# A drill of several functions says which one is meant: @mistake(replaces="name"), from cvdrill.testing.


def median_for_mean(x):
    """You take off the median; the mean is the sum of all numbers divided by their count."""
    return x - np.median(x)


def divided_by_one_less(x):
    """You divide the sum by n - 1, as for an unbiased variance; a mean divides by n."""
    return x - x.sum() / max(len(x) - 1, 1)
'''

_NOTES = """\
# $title

## How it works

Derive it, so that somebody who failed understands why the reference is right.

## Cost

Time and memory, and what would change them.

## What the interviewer asks next

**Ask the first question?** Answer it in a few sentences, with its source where it has one.

**Ask the second question?** Answer it.

## Sources

- Author, title, year.
"""

_CONFTEST = """\
from cvdrill.testing import attempt, reference, rng

__all__ = ["attempt", "reference", "rng"]
"""

_PYTEST = """\
[pytest]
addopts = --import-mode=importlib
python_files = cases.py
testpaths = solutions
"""


def new(name: str, root: Path | None = None) -> tuple[Path, ...]:
    """Write the six files of a drill, which can be verified as they are.

    Parameters
    ----------
    name : str
        ``TOPIC/DRILL``.
    root : Path, optional
        The pack's folder, made if there is none; the checkout that cvdrill runs from when left out.

    Returns
    -------
    tuple of Path
        What was written. Nothing that is there already is touched; a new pack also gets what lets its cases
        run in plain pytest, ``conftest.py`` and ``pytest.ini``.

    Raises
    ------
    CvdrillError
        When the name will not do, the drill exists, or a file cannot be written.
    """
    root = _checkout() if root is None else root.expanduser().absolute()
    topic, drill = _split(name, root)
    stub, solution = root / "exercises" / topic / f"{drill}.py", root / "solutions" / topic / drill
    templates = {
        stub: _STUB,
        stub.with_suffix(".toml"): _CARD,
        solution / "reference.py": _REFERENCE,
        solution / "cases.py": _CASES,
        solution / "mistakes.py": _MISTAKES,
        solution / "notes.md": _NOTES,
    }
    if there := [path for path in templates if path.exists()]:
        raise CvdrillError(f"{there[0]} is there already.", f"cvdrill dev new {topic}/ANOTHER_NAME")
    conftest = root / "solutions" / "conftest.py"
    if not conftest.exists():
        templates |= {conftest: _CONFTEST, root / "pytest.ini": _PYTEST}
        templates = {path: template for path, template in templates.items() if not path.exists()}
    title = drill.replace("_", " ").capitalize()
    try:
        for path, template in templates.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(string.Template(template).substitute(drill=drill, title=title))
    except OSError as error:
        raise CvdrillError(
            f"The drill cannot be written: {error.strerror}: {error.filename}.", exit_code=3
        ) from None
    return tuple(templates)


def _checkout() -> Path:
    """Return the built-in pack, where it is a checkout and not a part of an installed cvdrill."""
    root = paths.packs()[0]
    if (root / "pyproject.toml").is_file():
        return root
    raise CvdrillError(
        "This cvdrill is installed, so a drill of yours needs a folder of its own.",
        "cvdrill dev new TOPIC/DRILL --root FOLDER",
    )


def _split(name: str, root: Path) -> tuple[str, str]:
    """Return topic and id, if both can be the names of new files and functions."""
    topic, separator, drill = name.partition("/")
    if not separator:
        raise CvdrillError(f"{name!r} names no topic.", f"cvdrill dev new TOPIC/{name}")
    for part in (topic, drill):
        if part != _plain(part):
            raise CvdrillError(
                f"{part!r} cannot be a name: small letters, digits and _, and no word of Python.",
                f"cvdrill dev new {_plain(topic)}/{_plain(drill)}",
            )
    roots = dict.fromkeys((*paths.packs(), root))
    for other in catalog.load(tuple(roots)).drills:
        if other.id == drill:
            raise CvdrillError(
                f"There is a drill called {drill} already: {other.stub}.",
                f"cvdrill dev new {topic}/ANOTHER_NAME",
            )
    return topic, drill


def _plain(name: str) -> str:
    """Return the nearest name that a module may have."""
    plain = re.sub(r"[^a-z0-9_]+", "_", name.lower()).lstrip("_0123456789").rstrip("_") or "name"
    return f"{plain}_" if keyword.iskeyword(plain) else plain
