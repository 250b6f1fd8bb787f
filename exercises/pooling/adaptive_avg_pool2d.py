import numpy as np


def adaptive_avg_pool2d(x: np.ndarray, output_size: int | tuple[int, int]) -> np.ndarray:
    """Average every channel of every image over a grid of bins, whatever the image's size.

    With one bin it is global average pooling, the last layer before most classifiers. It is asked for
    the bins: what if five rows have to become three?

    Parameters
    ----------
    x : ndarray of float, shape (N, C, H, W)
        A batch of images.
    output_size : int or pair of int
        Height h and width w of the result, at least 1 each; an int stands for both.

    Returns
    -------
    ndarray of float, shape (N, C, h, w)
        Output (i, j) is the mean over the i-th bin of rows and the j-th bin of columns.

    Notes
    -----
    - In a pair the height comes first.
    - Bin i of h covers the rows from ``floor(i * H / h)`` up to, but without, ``ceil((i + 1) * H / h)``,
      and likewise for columns. The fractions are exact: 22 bins of 30 rows have their bounds at
      multiples of 30 / 22, not of a rounded number.
    - Where h does not divide H, bins may overlap by a row, and may differ in size by one.
    - The result may be larger than the image; rows then are in several bins.
    - Each mean is over the elements of its own bin: sizes differ, and so do the divisors.
    - x is float64 or float32 and holds no NaN and no infinities; a result of either width is fine.
    - The input may be a strided view, and is left as it is.
    - Not allowed: ready-made pooling and resizing (``torch.nn.functional.adaptive_avg_pool2d``,
      ``avg_pool2d``, ``interpolate`` and their relatives, ``cv2.resize``,
      ``skimage.measure.block_reduce``).

    References
    ----------
    M. Lin, Q. Chen, S. Yan, "Network in network", ICLR 2014, section 3.2, for global average pooling.
    The bins are those of ``torch.nn.functional.adaptive_avg_pool2d``.

    Examples
    --------
    >>> x = np.array([[1.0, 0, 2, 0, 6], [3, 0, 4, 0, 8]])[None, None]
    >>> adaptive_avg_pool2d(x, 1)
    array([[[[2.4]]]])
    >>> adaptive_avg_pool2d(x, (2, 3))  # columns 0 and 1; 1, 2 and 3; 3 and 4
    array([[[[0.5       , 0.66666667, 3.        ],
             [1.5       , 1.33333333, 4.        ]]]])
    """
    raise NotImplementedError
