import numpy as np


def ema_update(
    ema: dict[str, np.ndarray],
    state: dict[str, np.ndarray],
    step: int,
    decay: float = 0.9999,
    tau: float = 2000,
) -> dict[str, np.ndarray]:
    """Update the running average of a model's weights, which is evaluated in place of the model itself.

    Detectors of the YOLO family report the accuracy of such averages, which are better than any single
    set of weights along the way. It is asked because of its two traps: an average that starts at random
    weights and never forgets them, and entries of a state dict that are no weights at all.

    Parameters
    ----------
    ema : dict of str to ndarray, any shapes
        The average so far, as a state dict: weights and running statistics of a float dtype, and perhaps
        counters and flags of an integer or boolean dtype. Arrays may have no axis, as a counter has
        none.
    state : dict of str to ndarray
        The model's own state dict now: the same keys, and under each the same shape and dtype.
    step : int
        How many updates have been made, this one included; at least 0.
    decay : float, optional
        What the effective decay grows to, in [0, 1].
    tau : float, optional
        How many steps it takes to grow, greater than 0.

    Returns
    -------
    dict of str to ndarray
        The new average: the same keys, and under each the same shape and kind of dtype. In place of an
        array without axes a numpy scalar will do.

    Notes
    -----
    - The effective decay is ``d = decay · (1 - exp(-step / tau))``: nearly 0 at first, so that the
      average follows the model closely, and ``decay`` in the end.
    - Each entry of a float dtype becomes ``d · average + (1 - d) · model``.
    - Each entry of an integer or boolean dtype is the model's, exactly, whatever d: the number of
      batches that were seen cannot be averaged.
    - The result is a new dict; ema, state and their arrays are left as they are. Whether an entry that
      is the model's is a copy or the model's own array is up to you.
    - Arrays may be views whose memory is not contiguous.
    - Not allowed: ready-made averages (``torch.optim.swa_utils``).

    References
    ----------
    B. Polyak, A. Juditsky, "Acceleration of stochastic approximation by averaging", SIAM Journal on
    Control and Optimization 30(4), 1992. The ramp is that of class ``ModelEMA`` in YOLOv5 and YOLOv7,
    https://github.com/WongKinYiu/yolov7/blob/main/utils/torch_utils.py.

    Examples
    --------
    >>> ema = {"weight": np.array([1.0, 1.0]), "batches": np.array(10)}
    >>> state = {"weight": np.array([2.0, 0.0]), "batches": np.array(20)}
    >>> new = ema_update(ema, state, step=1_000_000, decay=0.75)  # so late the decay is all there
    >>> new["weight"], int(new["batches"])
    (array([1.25, 0.75]), 20)
    """
    raise NotImplementedError
