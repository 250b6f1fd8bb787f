"""Frames between judge and worker."""

import json
import socket
import struct
import time

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from cvdrill.grading.values import Decoder, Encoder
from cvdrill.wire import Closed, Connection, TooLarge, WireError


def refuse(value):
    raise TypeError(type(value).__name__)


def strange(tree):
    raise WireError(f"the tag {tree[0]!r}")


@pytest.fixture
def pair():
    left, right = map(Connection, socket.socketpair())
    yield left, right
    left.close()
    right.close()


def round_trip(value, *, keep_layout=True):
    encoder = Encoder(refuse, keep_layout=keep_layout)
    tree = json.loads(json.dumps(encoder.encode(value)))
    buffers = [bytearray(buffer) for buffer in encoder.buffers]
    return Decoder(buffers, strange, trusted=keep_layout).decode(tree)


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.complex_numbers(allow_nan=False),
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner)
    ),
    max_leaves=20,
)


@given(plain)
def test_plain_data_arrives_as_it_was(value):
    result = round_trip(value)
    assert result == value
    assert type(result) is type(value)


@given(npst.arrays(npst.scalar_dtypes(), npst.array_shapes(min_dims=0, min_side=0, max_dims=4)))
def test_arrays_arrive_with_their_bytes(array):
    try:
        result = round_trip(array)
    except TypeError:
        assert array.dtype.itemsize > 16 or array.dtype.kind not in "biufcUSmM"
        return
    assert result.dtype == array.dtype
    assert result.shape == array.shape
    assert result.tobytes() == array.tobytes()


@given(npst.arrays(np.float64, (5, 6)), npst.basic_indices((5, 6), allow_ellipsis=False), st.booleans())
def test_views_keep_strides_and_writability(array, index, writeable):
    view = array[index]
    if not isinstance(view, np.ndarray):
        return
    view.flags.writeable = writeable
    result = round_trip(view)
    assert result.tobytes() == view.tobytes()
    assert result.flags.writeable == writeable
    if view.size > 1:
        steps = [step for step, length in zip(view.strides, view.shape, strict=True) if length > 1]
        assert [s for s, n in zip(result.strides, view.shape, strict=True) if n > 1] == steps
    contiguous = round_trip(view, keep_layout=False)
    assert contiguous.tobytes() == view.tobytes()
    assert contiguous.flags.c_contiguous


@pytest.mark.parametrize(
    "make",
    [
        lambda t: t,
        lambda t: t.transpose(0, 2),
        lambda t: t[:, ::2],
        lambda t: t[1:, 1],
        lambda t: t[:, :1].expand(3, 4, 5),
        lambda t: t[:0],
        lambda t: t[:1, :1, 0],
        lambda t: t[0, 0, 2:3],
        lambda t: t.sum(),
        lambda t: t.bfloat16(),
        lambda t: t > 0,
        lambda t: torch.complex(t, -t).conj(),
        lambda t: t.requires_grad_(),
    ],
)
def test_tensors_arrive_with_strides(make):
    tensor = make(torch.randn(3, 4, 5, generator=torch.Generator().manual_seed(0)))
    result = round_trip(tensor)
    assert result.dtype == tensor.dtype
    assert result.requires_grad == tensor.requires_grad
    assert torch.equal(result, tensor)
    assert torch.equal(round_trip(tensor, keep_layout=False), tensor)
    if tensor.numel() > 1:
        assert result.stride() == tensor.stride()


def test_a_cycle_is_refused_and_not_followed_for_ever():
    cycle = []
    cycle.append(cycle)
    with pytest.raises(TooLarge, match="nested"):
        Encoder(refuse).encode(cycle)


def test_a_view_far_larger_than_its_memory_is_refused_before_it_is_copied():
    with pytest.raises(TooLarge, match="MiB"):
        Encoder(refuse).encode(np.broadcast_to(0.0, (10**6, 10**6)))


def test_a_large_frame_passes_while_the_other_side_reads(pair):
    import threading

    data = np.random.default_rng(0).bytes(5_000_000)
    thread = threading.Thread(target=pair[0].send, args=({"a": 1}, [data, b"", b"x"]))
    thread.start()
    frame = pair[1].receive(deadline=time.monotonic() + 30)
    thread.join()
    assert frame.header == {"a": 1}
    assert [bytes(buffer) for buffer in frame.buffers] == [data, b"", b"x"]


def test_a_deadline_ends_a_wait(pair):
    with pytest.raises(TimeoutError):
        pair[1].receive(deadline=time.monotonic() + 0.05)


def test_a_full_pipe_ends_at_the_deadline(pair):
    with pytest.raises(TimeoutError):
        pair[0].send({}, [bytes(50_000_000)], deadline=time.monotonic() + 0.05)


def test_a_closed_end_is_told_apart_from_nonsense(pair):
    pair[0].close()
    with pytest.raises(Closed):
        pair[1].receive()


HEADERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.builds(
    lambda header, body, claim: struct.pack("!IQ", len(header), claim or len(body)) + header + body,
    HEADERS.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40),
    st.binary(max_size=40),
    st.integers(0, 2**64 - 1) | st.just(0),
))  # fmt: skip
def test_whatever_bytes_arrive_the_receiver_survives(data):
    left, right = socket.socketpair()
    connection = Connection(right)
    with left, right:
        left.sendall(data)
        left.close()
        with pytest.raises((WireError,)) if not _is_frame(data) else _nothing():
            connection.receive(deadline=time.monotonic() + 10)


TAGS = st.sampled_from(
    "int tuple list dict complex bytes slice ellipsis scalar array tensor torch.dtype object x".split()
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.sampled_from(["<f8", "float32", "|O", "<V8", "<f8,<f8", "0x10", "int64", "os"])
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(TAGS, inner).map(list)
        | st.tuples(TAGS, inner, inner, inner, inner, inner, inner).map(list)
        | st.tuples(
            st.just("array"),
            st.sampled_from(["<f8", "|b1", "<U2", "<M8[ns]"]),
            st.lists(st.integers(-2, 4), max_size=3),
            st.none() | st.lists(st.integers(-64, 64), max_size=3),
            st.integers(-9, 9),
            inner,
            st.integers(-1, 2),
        ).map(list)
        | st.tuples(
            st.just("tensor"),
            st.sampled_from(["float32", "float64", "bfloat16", "qint8"]),
            st.lists(st.integers(-2, 4), max_size=3),
            st.none() | st.lists(st.integers(-4, 4), max_size=3),
            inner,
            st.integers(-1, 2),
            inner,
        ).map(list)
    ),
    max_leaves=12,
)


@settings(max_examples=500, deadline=None)
@given(TREES, st.lists(st.binary(max_size=64), max_size=2))
def test_whatever_tree_arrives_the_decoder_answers_or_says_why_not(tree, buffers):
    decoder = Decoder([bytearray(buffer) for buffer in buffers], strange)
    try:
        value = decoder.decode(tree)
    except WireError:
        return
    # What is accepted lies inside the bytes that were sent.
    if isinstance(value, np.ndarray):
        assert value.flags.c_contiguous
        assert value.nbytes in {len(buffer) for buffer in buffers} | {0}


def _is_frame(data):
    if len(data) < 12:
        return False
    header_size, body_size = struct.unpack("!IQ", data[:12])
    rest = data[12:]
    try:
        header = json.loads(rest[:header_size].decode("ascii"))
    except (ValueError, RecursionError):
        return False
    sizes = header.get("sizes") if isinstance(header, dict) else None
    return (
        isinstance(sizes, list)
        and all(type(size) is int and size >= 0 for size in sizes)
        and sum(sizes) == body_size <= len(rest) - header_size
    )


class _nothing:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False
