"""Finding drills and reading their cards."""

import pytest

from cvdrill import catalog
from cvdrill.errors import CvdrillError
from cvdrill.model import Level


@pytest.fixture
def pack(tmp_path):
    """A function that writes a drill into an empty pack."""

    def write(name, *, topic="misc", card="", stub='def f(x):\n    """Do."""\n'):
        folder = tmp_path / "exercises" / topic
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.py").write_text(stub)
        fields = 'title = "T"\nlevel = "easy"\nminutes = 5\n' if "title" not in card else ""
        (folder / f"{name}.toml").write_text(fields + card)
        return tmp_path

    return write


@pytest.mark.parametrize(
    "name",
    "conv2d_valid conv2d-valid conv/conv2d_valid conv/conv2d-valid CONV2D-VALID conv2d_valid.py".split(),
)
def test_a_drill_has_one_name_in_many_spellings(name):
    assert catalog.load().find(name).id == "conv2d_valid"


@pytest.mark.parametrize(
    ("name", "meant"), [("nsm", "nms"), ("conv2d_vald", "conv2d_valid"), ("box-iuo", "box_iou")]
)
def test_a_wrong_name_is_answered_by_the_closest(name, meant):
    with pytest.raises(CvdrillError) as caught:
        catalog.load().find(name)
    assert f"Did you mean {meant}?" in caught.value.message
    assert caught.value.hint == f"cvdrill show {meant}"
    assert caught.value.exit_code == 2


def test_a_name_like_no_other_leads_to_the_list():
    with pytest.raises(CvdrillError) as caught:
        catalog.load().find("qqqqqq")
    assert caught.value.hint == "cvdrill list"


def test_a_topic_that_does_not_hold_the_drill_is_wrong():
    with pytest.raises(CvdrillError, match="losses/nms"):
        catalog.load().find("losses/nms")


def test_the_order_respects_after_then_stays_in_the_topic_then_goes_from_easy_to_hard(pack):
    pack("a_hard", topic="a", card='title = "T"\nlevel = "hard"\nminutes = 5\n')
    pack("a_easy", topic="a")
    pack("b_first", topic="b")
    pack("b_second", topic="b", card='after = ["a_hard"]\n')
    root = pack("c_last", topic="c", card='after = ["b_second"]\n')
    ids = [drill.id for drill in catalog.load([root]).drills]
    assert ids == ["a_easy", "a_hard", "b_first", "b_second", "c_last"]


def test_topics_stand_in_the_order_of_their_first_drill(pack):
    pack("x", topic="z")
    root = pack("y", topic="a", card='after = ["x"]\n')
    assert catalog.load([root]).topics == ("z", "a")


def test_several_packs_make_one_catalog(pack, tmp_path):
    root = pack("mine")
    ids = {drill.id for drill in catalog.load([root, *catalog.paths.packs()]).drills}
    assert {"mine", "nms"} <= ids


@pytest.mark.parametrize(
    ("card", "word"),
    [
        ("after = ['nosuch']", "nosuch"),
        ("after = ['one']", "one"),
        ('title = "T"\nminutes = 5', "'level'"),
        ('title = "T"\nlevel = "tricky"\nminutes = 5', "tricky"),
        ("title = ", "Invalid value"),
        ("colour = 1", "colour"),
        ("[[banned]]\ncalls = ['numpy.flip']", "'instead'"),
    ],
)
def test_a_bad_card_is_named_with_what_is_wrong(pack, card, word):
    root = pack("one", card=card)
    with pytest.raises(CvdrillError, match="one") as caught:
        catalog.load([root])
    assert word in caught.value.message
    assert caught.value.exit_code == 3


def test_two_drills_of_one_name_are_refused(pack):
    pack("one", topic="a")
    root = pack("one", topic="b")
    with pytest.raises(CvdrillError, match="Two drills are called one"):
        catalog.load([root])


def test_a_card_has_levels_that_compare():
    assert Level.EASY.rank < Level.MEDIUM.rank < Level.HARD.rank


def test_the_statement_is_read_without_running_the_stub(pack):
    functions = 'def f(x: int, *, y=1) -> int:\n    """Do it.\n\n    Well.\n    """\n\n\n'
    rest = 'class C(list):\n    """Hold."""\n\n\ndef _hidden(): ...\n'
    stub = f'"""About."""\nimport nosuchmodule\n\n\n{functions}{rest}'
    drill = catalog.load([pack("one", stub=stub)]).find("one")
    statement = catalog.statement(drill)
    assert statement.doc == "About."
    assert [part.signature for part in statement.parts] == ["def f(x: int, *, y=1) -> int", "class C(list)"]
    assert statement.parts[0].doc == "Do it.\n\nWell."


def test_topics_come_in_the_order_that_the_pack_gives_and_then_by_name(pack):
    for topic in "abcd":
        root = pack(f"drill_{topic}", topic=topic)
    pack("late", topic="c", card='after = ["drill_a"]\n')
    (root / "exercises" / "topics.txt").write_text("c\na\n")
    ids = [drill.id for drill in catalog.load([root]).drills]
    assert ids == ["drill_c", "drill_a", "late", "drill_b", "drill_d"]


def test_every_built_in_topic_has_its_place():
    [root] = catalog.paths.packs()
    named = (root / "exercises" / "topics.txt").read_text().split()
    assert sorted(set(named)) == sorted(named)
    assert set(catalog.load().topics) <= set(named)
