"""Mutants differ from the original in one place, in ways that people err."""

import ast
import functools

import pytest

from cvdrill import catalog, mutation

REFERENCES = [drill.reference.read_text(encoding="utf-8") for drill in catalog.load().drills]
AWKWARD = '''\
"""A module docstring with 1 + 1."""

import numpy as np
from torch import nn

SIZES = {"klein": 1, "größer": 2}  # ü


class Layer(nn.Module):
    """A docstring with x - 1."""

    def __init__(self, size=3, *, bias=True, **options):
        super().__init__()
        self.size, self.bias = size, bias
        if not (size > 0 and bias):
            raise ValueError(f"size {size + 1} is wrong" + "really")

    @staticmethod
    def helper(x):
        "One more."
        ü = x.sum(
            axis=(0, 2),  # a comment
            keepdims=True,
        )
        return ü if x is not None else -ü

    @property
    def area(self) -> tuple[int, int]:
        return self.size, -1

    async def later(self, *items):
        async for item in items:
            yield item
        async with self as s, s:
            await s[1:, ..., ::-1]
        return


def loops(x):
    total = 0
    for i, (a, b) in enumerate(zip(x, x[::-1], strict=True)):
        if i == 3:
            continue
        total += a @ b + [k * 2 for k in range(i) if k % 2][0]
    while total < 10 or not x:
        total -= 1
        break
    try:
        del x[0]
    except (KeyError, IndexError) as error:
        assert error, "a message 1"
        x[i, total] = lambda y, z=2: y**z
    match total:
        case 1 | [2, *_]:
            return np.minimum(x, -2.5)
    text: str = "a" "b"
    (c) = (d) = a if (a) else (b)
    return (
        x.T
        - (c - d)
        - text
    )
'''  # fmt: skip


@functools.cache
def mutants(source):
    return mutation.mutants(source)


def lines(source, imports="import numpy as np\n"):
    """Return what can become of the lines of a source, imports left out."""
    return {mutant.mutant for mutant in mutation.mutants(imports + source)}


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("y = a + b", "y = a - b; y = a * b; y = a // b; y = a; y = b"),
        ("y = a - b", "y = a + b; y = b - a; y = b"),
        ("y = a @ b", "y = a * b; y = b @ a; y = a"),
        ("y = a & b", "y = a | b; y = a ^ b"),
        ("y = a < b", "y = a <= b; y = a > b; y = a >= b; y = a == b; y = a != b"),
        ("y = a is b", "y = a is not b"),
        ("y = a in b", "y = a not in b"),
        ("y = 0 < a <= 9", "y = 0 <= a <= 9; y = 0 < a < 9"),
        ("y = a and b", "y = a or b; y = a; y = b"),
        ("y = not a", "y = a"),
        ("y = -a", "y = a"),
        ("y = ~a", "y = a"),
        ("y = 3", "y = 4; y = 2; y = 0; y = 1; y = 6"),
        ("y = 0.5", "y = 1.5; y = -0.5; y = 0.0; y = 1.0"),
        ("y = -2", "y = -1; y = -3; y = 0; y = 1; y = -4; y = 2"),
        ("y = True", "y = False"),
        ("y = None", "y = 0"),
        ('y = "xy"', 'y = "XXxy"'),
        ("y = a if c else b", "y = a; y = b"),
    ],
)
def test_operators_and_constants(source, mutants):
    assert set(mutants.split("; ")) <= lines(source)


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("y = x.sum(axis=1)", "y = x.sum(axis=2); y = x.sum(axis=0); y = x.sum(); y = x.mean(axis=1); y = x"),
        ("y = x.sum(axis=(0, 2))", "y = x.sum(axis=(0,)); y = x.sum(axis=(2,))"),
        ("y = np.minimum(a, b)", "y = np.maximum(a, b); y = a"),
        ("y = max(a, b)", "y = min(a, b)"),
        ("y = np.argmax(a)", "y = np.argmin(a); y = a"),
        ("y = np.floor(a)", "y = np.ceil(a)"),
        ("y = np.zeros(a)", "y = np.ones(a)"),
        ("y = np.searchsorted(a, b)", "y = np.searchsorted(b, a)"),
        ("y = np.pad(a, b, mode=c)", "y = np.pad(a, b); y = np.pad(b, a, mode=c); y = np.pad(b, mode=c)"),
        ("y = x.flatten(2)", "y = x.flatten(); y = x.flatten(1); y = x"),
        ("y = x.T", "y = x"),
        ("y = range(n)", "y = range(n + 1); y = range(n - 1)"),
        ("y = x[1:n]", "y = x[:n]; y = x[1:]; y = x[0:n]; y = x[1:n + 1]; y = x[1:n - 1]; y = x"),
        ("y = x[:2]", "y = x[1:2]; y = x[:1]; y = x[:3]; y = x[:]"),
        ("y = x[:, :2]", "y = x[1:, :2]; y = x[:-1, :2]; y = x[:2]; y = x[:]; y = x[:2, :]"),
        ("y = x[::-1]", "y = x"),
        ("y = x[..., ::-1]", "y = x[..., :]; y = x[:, ::-1]; y = x[::-1]"),
        ("y = x[0]", "y = x[1]; y = x[-1]; y = x"),
        ("y = x[i]", "y = x[i + 1]; y = x[i - 1]"),
        ("y = x[i, j]", "y = x[j, i]; y = x[i]; y = x[j]"),
        ("y = a, b", "y = b, a"),
        ("h, w = x.shape", "w, h = x.shape"),
        ("h, w = x.shape\ny = x * h", "y = x * w"),
        ("y = [k for k in x if k]", "y = [k for k in x if True]; y = [k for k in x if False]"),
    ],
)
def test_array_code(source, mutants):
    assert set(mutants.split("; ")) <= lines(source)


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("def f(x, n=2):\n    return x", "def f(x, n=3):; def f(x, n=0):"),
        ("def f(x, *, k=True):\n    return x", "def f(x, *, k=False):"),
        ("def f(x):\n    x = g(x)\n    return x", "pass"),
        ("def f(x):\n    x += 1\n    return x", "pass; x -= 1; x = 1; x += 2"),
        ("def f(x):\n    x[0] = 1\n    return x", "pass"),
        ("def f(x):\n    x.sort()\n    return x", "pass"),
        ("def f(x):\n    if x:\n        raise E\n    return x", "pass; if True:; if False:"),
        ("def f(x):\n    if x:\n        return 1\n    return x", "pass"),
        ("def f(x):\n    for y in x:\n        break\n    return y", "pass; continue; for y in ():"),
        ("def f(x):\n    while x:\n        continue", "pass; break; while True:; while False:"),
        ("@cached\ndef f(x):\n    return x", "def f(x):"),
    ],
)
def test_statements(source, mutants):
    assert set(mutants.split("; ")) <= lines(source)


@pytest.mark.parametrize(
    ("source", "mutant"),
    [
        ("y = np.maximum(a, b)", "y = np.maximum(b, a)"),
        ("y = a + b", "y = b + a"),
        ("y = np.clip(x, 0, 1)", "y = np.clip(0, x, 1)"),
        ("y = x.sum(axis=(0, 2))", "y = x.sum(axis=(2, 0))"),
        ("def f(x):\n    y = 1\n    return y", "pass"),
        ("y = np.exp(x)", "y = np.exp()"),
        ("y = x is None", "y = x is 0"),
    ],
)
def test_what_changes_nothing_or_cannot_run_is_left_out(source, mutant):
    assert mutant not in lines(source)


def test_in_torch_the_axes_of_a_transpose_have_no_order():
    assert "y = x.transpose(2, 1)" in lines("y = x.transpose(1, 2)")
    assert "y = x.transpose(2, 1)" not in lines("y = x.transpose(1, 2)", "import torch\n")


def test_parentheses_are_added_where_a_mutant_would_mean_something_else():
    found = lines("y = a * (b - c)\nz = a - b * c")
    assert {"y = a - (b - c)", "y = a / (b - c)", "y = b - c", "z = a - (b + c)", "z = a * (b * c)"} <= found
    assert not {"y = a / b - c", "z = a - b + c", "z = a * b * c"} & found


@pytest.mark.parametrize("source", [*REFERENCES, AWKWARD])
def test_every_mutant_is_python_and_another_one(source):
    trees = [ast.dump(ast.parse(mutant.source)) for mutant in mutants(source)]
    assert len(trees) > 20
    assert len({ast.dump(ast.parse(source)), *trees}) == len(trees) + 1


@pytest.mark.parametrize("source", [*REFERENCES, AWKWARD])
def test_a_mutant_changes_nothing_but_its_lines(source):
    before = source.splitlines()
    for mutant in mutants(source):
        after = mutant.source.splitlines()
        assert after[: mutant.number - 1] == before[: mutant.number - 1]
        untouched = len(before) - mutant.number
        while (
            " ".join(line.strip() for line in before[mutant.number - 1 : len(before) - untouched])
            != mutant.line
        ):
            untouched -= 1
        assert after[len(after) - untouched :] == before[len(before) - untouched :]


def test_docstrings_comments_annotations_and_texts_of_errors_stay():
    for mutant in mutants(AWKWARD):
        assert '"""A module docstring with 1 + 1."""' in mutant.source
        assert '"""A docstring with x - 1."""' in mutant.source
        assert '"One more."' in mutant.source
        assert "import numpy as np\nfrom torch import nn\n" in mutant.source
        assert "-> tuple[int, int]:" in mutant.source
        assert "text: str =" in mutant.source
        assert "  # ü\n" in mutant.source
        assert 'f"size {size + 1} is wrong" + "really"' in mutant.source or "raise" not in mutant.source
        assert '"a message 1"' in mutant.source or "assert" not in mutant.source


def test_a_mutant_knows_where_it_is():
    source = (
        "import numpy as np\n\n\nclass A:\n    def f(self, x):\n        return x + 1  # more\n\n\nN = 5\n"
    )
    found = {mutant.mutant: mutant for mutant in mutants(source)}
    minus = found["return x - 1  # more"]
    assert (minus.line, minus.function, minus.number) == ("return x + 1  # more", "A.f", 6)
    assert (found["N = 6"].function, found["N = 6"].number) == ("", 9)


def test_the_lines_of_a_long_expression_are_joined():
    source = "y = np.pad(\n    a,  # first\n    b,\n)\n"
    found = {mutant.mutant: mutant.line for mutant in mutants(source)}
    assert found["y = np.pad(b, a)"] == "y = np.pad( a,  # first b, )"


@pytest.mark.parametrize("source", [*REFERENCES, AWKWARD])
def test_a_diff_has_one_hunk_that_shows_both_lines(source):
    for mutant in mutants(source):
        shown = mutation.diff(mutant, source, "a.py").splitlines()
        assert shown[:2] == ["--- a.py", "+++ mutant"]
        assert sum(line.startswith("@@") for line in shown) == 1
        removed = [line[1:].strip() for line in shown[3:] if line.startswith("-")]
        assert removed
        assert all(line in mutant.line for line in removed)


def test_a_source_without_anything_to_change_has_no_mutants():
    assert mutation.mutants('"""Nothing."""\n\n\ndef f(x):\n    return x\n') == ()
