"""Cards are parsed once, and again when they have changed."""

import json
import tomllib

import pytest

from cvdrill import cards, catalog
from cvdrill.errors import CvdrillError

CARD = 'title = "{}"\nlevel = "easy"\nminutes = 5\n'


@pytest.fixture
def card(tmp_path):
    path = tmp_path / "one.toml"
    path.write_text(CARD.format("One"), encoding="utf-8")
    return path


@pytest.fixture
def parsed(monkeypatch):
    """The texts that were parsed."""
    texts, loads = [], tomllib.loads
    monkeypatch.setattr(tomllib, "loads", lambda text: texts.append(text) or loads(text))
    return texts


def title(card, memory):
    reader = cards.Cards(memory)
    found = reader.read(card, card.stat()).title
    reader.remember()
    return found


def test_a_card_is_parsed_once(card, parsed, tmp_path):
    memory = tmp_path / "cache" / "cards.json"
    assert [title(card, memory) for _ in range(3)] == ["One"] * 3
    assert len(parsed) == 1
    assert [path.name for path in memory.parent.iterdir()] == ["cards.json"]


def test_a_card_that_changed_is_parsed_again(card, parsed, tmp_path):
    memory = tmp_path / "cards.json"
    title(card, memory)
    card.write_text(CARD.format("Another"), encoding="utf-8")
    assert [title(card, memory) for _ in range(2)] == ["Another"] * 2
    assert len(parsed) == 2


def test_without_a_memory_it_is_parsed_each_time(card, parsed):
    assert [title(card, None) for _ in range(2)] == ["One"] * 2
    assert len(parsed) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[1, 2]",
        lambda text: '{"version": "0.0.0", "cards": {}}',
        lambda text: text.replace('"title"', '"name"'),
        lambda text: text.replace('"stamp"', '"date"'),
        lambda text: text.replace('"easy"', "7"),
        lambda text: json.dumps({**json.loads(text), "cards": dict.fromkeys(json.loads(text)["cards"])}),
        lambda text: json.dumps({**json.loads(text), "cards": [1]}),
        lambda text: "\udcff",
    ],
)
def test_a_damaged_memory_only_costs_time(card, parsed, tmp_path, damage):
    memory = tmp_path / "cards.json"
    title(card, memory)
    memory.write_bytes(damage(memory.read_text(encoding="utf-8")).encode("utf-8", "surrogateescape"))
    assert [title(card, memory) for _ in range(2)] == ["One"] * 2
    assert len(parsed) == 2


def test_a_folder_that_cannot_be_written_only_costs_time(card, parsed, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    memory = tmp_path / "file" / "cards.json"
    assert [title(card, memory) for _ in range(2)] == ["One"] * 2
    assert len(parsed) == 2


def test_a_card_that_is_wrong_is_named_each_time(tmp_path):
    path = tmp_path / "one.toml"
    path.write_text('title = "One"\n', encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CvdrillError, match=r"one\.toml lacks the field 'level'"):
            title(path, tmp_path / "cards.json")


def test_the_catalogue_of_the_built_in_pack_is_remembered(parsed, monkeypatch, tmp_path):
    monkeypatch.setenv("CVDRILL_HOME", str(tmp_path))
    first = catalog.load()
    count = len(parsed)
    assert count == len(first.drills)
    assert catalog.load().drills == first.drills
    assert len(parsed) == count
