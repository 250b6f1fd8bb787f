import torch
from torch import nn


class Elan(nn.Module):
    """Build the block that YOLOv7 is made of: a chain of convolutions, tapped on its way.

    An efficient layer aggregation network lets a signal, and above all its gradient, go short ways and
    long ones through one block: some intermediate results are concatenated, and one convolution mixes
    them. It is asked because reading such a figure and wiring it without a slip is daily work, and wrong
    wiring trains.

    ``Elan(in_channels, hidden_channels, out_channels)`` makes the block, ``forward(x)`` applies it.

    Parameters
    ----------
    in_channels : int
        For the constructor: channels of the input, C.
    hidden_channels : int
        For the constructor: channels of each of the six inner convolutions, h.
    out_channels : int
        For the constructor: channels of the result, O.
    x : Tensor of float, shape (N, C, H, W)
        For ``forward``: a batch of feature maps.

    Returns
    -------
    Tensor of float, shape (N, O, H, W)
        From ``forward``, in the input's dtype.

    Notes
    -----
    - There are seven units, ``cv1`` to ``cv7``. Each is an ``nn.Sequential`` of three modules, in this
      order: ``nn.Conv2d`` with ``bias=False``, ``nn.BatchNorm2d``, ``nn.SiLU``. All have stride 1, and
      what is not said here is left at torch's defaults.
    - ``cv1`` and ``cv2`` are 1 × 1 from C to h channels, and both see x.
    - ``cv3``, ``cv4``, ``cv5`` and ``cv6`` are 3 × 3 from h to h channels, padded by 1 with zeros. They
      form a chain behind ``cv2``: cv3 sees the result of cv2, cv4 that of cv3, and so on.
    - The results of **cv6, cv4, cv2, cv1** are concatenated along the channels, in this order, and
      ``cv7``, 1 × 1 from 4h to O channels, makes the result of them.
    - The grader loads its own weights with ``load_state_dict``, so the ``state_dict()`` holds the
      entries of these seven units under their names and nothing else.
    - In training mode batch norm uses the statistics of the batch and updates its running ones, in
      evaluation mode it uses the running ones, as ``nn.BatchNorm2d`` does by itself.
    - Gradients flow through the result to x and to all parameters.
    - x may be a view whose memory is not contiguous, and is left as it is.

    References
    ----------
    C.-Y. Wang, A. Bochkovskiy, H.-Y. M. Liao, "YOLOv7: trainable bag-of-freebies sets new
    state-of-the-art for real-time object detectors", CVPR 2023, section 3.1 and figure 2(c);
    ``cfg/training/yolov7.yaml`` of its code, https://github.com/WongKinYiu/yolov7.

    Examples
    --------
    >>> block = Elan(in_channels=8, hidden_channels=4, out_channels=16)
    >>> block(torch.ones(2, 8, 5, 7)).shape
    torch.Size([2, 16, 5, 7])
    >>> block.cv7[0].weight.shape
    torch.Size([16, 16, 1, 1])
    """

    def __init__(self, in_channels: int, hidden_channels: int, out_channels: int) -> None:
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError
