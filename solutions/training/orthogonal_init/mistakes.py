import math

import numpy as np


def sign_not_corrected(shape, seed, gain=1.0):
    """You take q as the library returns it, whose signs follow a rule and not chance; multiply each column
    by the sign of r's diagonal entry.
    """
    return _orthogonal(shape, seed, gain, corrected=False)


def wide_not_transposed(shape, seed, gain=1.0):
    """You factorise a wide matrix as it is, whose q is square and has too few columns; factorise its
    transpose, and transpose q.
    """
    normal = np.random.default_rng(seed).standard_normal((shape[0], math.prod(shape[1:])))
    q, r = np.linalg.qr(normal)
    return gain * (q * np.sign(np.diag(r))).reshape(shape)


def reshaped_for_transposed(shape, seed, gain=1.0):
    """You bring a tall q into a wide shape by reshape, which deals its numbers out row by row;
    transpose it.
    """
    q = _tall(shape, seed)
    return gain * q.reshape(shape)


def kernel_axes_for_columns(shape, seed, gain=1.0):
    """You take all axes but the last for rows; the first axis is the rows, all others together the
    columns.
    """
    flat = (math.prod(shape[:-1]), shape[-1])
    return _orthogonal(flat, seed, gain).reshape(shape)


def gain_ignored(shape, seed, gain=1.0):  # noqa: ARG001
    """You do not use the gain; every entry is multiplied by it."""
    return _orthogonal(shape, seed, 1.0)


def gain_squared(shape, seed, gain=1.0):
    """You multiply by the square of the gain; W @ W.T goes with its square, W with the gain itself."""
    return _orthogonal(shape, seed, gain**2)


def uniform_for_normal(shape, seed, gain=1.0):
    """You factorise uniform numbers, which prefer the corners of a cube; only normal ones have no
    direction.
    """
    return _orthogonal(shape, seed, gain, draw=lambda rng, size: rng.uniform(-1, 1, size))


def factor_of_svd(shape, seed, gain=1.0):
    """You take one factor of an SVD, whose signs follow the library's rule and not chance; their product
    u @ vt is uniform, or take QR with corrected signs.
    """
    normal = np.random.default_rng(seed).standard_normal((shape[0], math.prod(shape[1:])))
    u, _, vt = np.linalg.svd(normal, full_matrices=False)
    return gain * (u if u.shape == normal.shape else vt).reshape(shape)


def rotations_only(shape, seed, gain=1.0):
    """You allow only determinant 1, the rotations; half of all orthogonal matrices are reflections."""
    q = _tall(shape, seed)
    if q.shape[0] == q.shape[1] and np.linalg.det(q) < 0:
        q[:, 0] *= -1
    return gain * (q if shape[0] == len(q) else q.T).reshape(shape)


def normalised_only(shape, seed, gain=1.0):
    """You scale rows or columns to length 1, but leave the angles between them to chance; they should be
    right angles.
    """
    normal = np.random.default_rng(seed).standard_normal((shape[0], math.prod(shape[1:])))
    axis = 1 if normal.shape[0] <= normal.shape[1] else 0
    return gain * (normal / np.linalg.norm(normal, axis=axis, keepdims=True)).reshape(shape)


def seed_ignored(shape, seed, gain=1.0):  # noqa: ARG001
    """You draw from one fixed seed, whatever seed is passed in; another seed should give other weights."""
    return _orthogonal(shape, 0, gain)


def _tall(shape, seed, corrected=True, draw=np.random.Generator.standard_normal):
    sides = shape[0], math.prod(shape[1:])
    q, r = np.linalg.qr(draw(np.random.default_rng(seed), (max(sides), min(sides))))
    return q * np.sign(np.diag(r)) if corrected else q


def _orthogonal(shape, seed, gain, **how):
    q = _tall(shape, seed, **how)
    return gain * (q if shape[0] == len(q) else q.T).reshape(shape)
