"""Imports run downwards: cli, then the middle, then the leaves."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cvdrill"
LEAVES = {"errors", "model", "paths", "comparison"}
BELOW_MIDDLE = LEAVES | {"database"}
MAY_IMPORT = {
    "errors": set(),
    "model": set(),
    "paths": set(),
    "comparison": set(),
    "wire": set(),
    "launch": {"errors", "wire"},
    "testing": {"comparison"},
    "database": {"errors"},
    "cards": LEAVES,
    "catalog": LEAVES | {"cards"},
    "workspace": LEAVES,
    "store": LEAVES | {"database"},
    "stats": LEAVES,
    "schedule": LEAVES,
    "grading": LEAVES | {"launch", "testing", "wire"},
    "mutation": set(),
    "authoring": LEAVES | {"catalog", "grading", "launch", "mutation", "testing"},
}


def part_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_parts(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            words = name.split(".")
            if words[0] == "cvdrill" and len(words) > 1 and words[1] != "__version__":
                yield words[1]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_downwards(path):
    part = part_of(path)
    if part in ("cli", "__main__", "__init__"):
        return
    assert set(imported_parts(path)) - {part} <= MAY_IMPORT[part]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_the_command_line_prints(path):
    if part_of(path) in ("cli", "__main__"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    assert "print" not in calls
    names = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        )
    }
    assert not {name.partition(".")[0] for name in names} & {"rich", "typer"}


@pytest.mark.parametrize(
    "module", ["catalog", "store", "workspace", "stats", "schedule", "paths", "model", "grading"]
)
def test_a_light_module_loads_nothing_heavy(module):
    heavy = {"torch", "numpy", "pytest", "rich", "typer"}
    program = f"import sys, cvdrill.{module}; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
