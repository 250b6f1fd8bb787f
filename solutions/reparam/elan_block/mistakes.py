import torch
from torch import nn


class _Elan(nn.Module):
    """Right, in steps that a mistake can replace one by one."""

    def __init__(self, in_channels, hidden_channels, out_channels):
        super().__init__()
        c, h, o = in_channels, hidden_channels, out_channels
        sizes = [(c, h, 1), (c, h, 1), (h, h, 3), (h, h, 3), (h, h, 3), (h, h, 3), (self.parts * h, o, 1)]
        for number, size in enumerate(sizes, 1):
            self.add_module(f"cv{number}", self._unit(*size))

    parts = 4

    def _unit(self, c, o, k):
        return nn.Sequential(self._conv(c, o, k), self._norm(o), self._activation())

    def _conv(self, c, o, k):
        return nn.Conv2d(c, o, k, padding=k // 2, bias=False)

    def _norm(self, o):
        return nn.BatchNorm2d(o)

    def _activation(self):
        return nn.SiLU()

    def forward(self, x):
        one, two = self.cv1(x), self.cv2(x)
        three = self.cv3(self._start(one, two))
        four = self.cv4(three)
        five = self.cv5(four)
        six = self.cv6(five)
        return self.cv7(torch.cat(self._taps(one, two, three, four, five, six), dim=1))

    def _start(self, _one, two):
        return two

    def _taps(self, one, two, _three, four, _five, six):
        return six, four, two, one


class chain_from_cv1(_Elan):
    """You start the chain at cv1; it starts at cv2, and cv1 stands aside."""

    def _start(self, one, _two):
        return one


class all_six_concatenated(_Elan):
    """You concatenate the results of all six units; only those of cv6, cv4, cv2 and cv1 are."""

    parts = 6

    def _taps(self, *results):
        return results[::-1]


class concat_order_reversed(_Elan):
    """You concatenate cv1, cv2, cv4, cv6; the order is cv6, cv4, cv2, cv1, and the weights of cv7 depend
    on it.
    """

    def _taps(self, one, two, _three, four, _five, six):
        return one, two, four, six


class branches_swapped(_Elan):
    """You concatenate cv1 before cv2; the order is cv6, cv4, cv2, cv1."""

    def _taps(self, one, two, _three, four, _five, six):
        return six, four, one, two


class tapped_after_every_first(_Elan):
    """You tap the chain at cv5 and cv3; it is tapped after every second convolution, at cv6 and cv4."""

    def _taps(self, one, two, three, _four, five, _six):
        return five, three, two, one


class padding_missing(_Elan):
    """You do not pad the 3 × 3 convolutions, which shrink the map, so that nothing fits together; pad
    by 1.
    """

    def _conv(self, c, o, k):
        return nn.Conv2d(c, o, k, bias=False)


class padding_reflected(_Elan):
    """You pad by repeating the border; asked is padding with zeros, the default of nn.Conv2d."""

    def _conv(self, c, o, k):
        return nn.Conv2d(c, o, k, padding=k // 2, padding_mode="replicate", bias=False)


class convolutions_with_bias(_Elan):
    """You leave the convolutions their bias, which batch norm takes away again; asked is bias=False."""

    def _conv(self, c, o, k):
        return nn.Conv2d(c, o, k, padding=k // 2)


class relu_for_silu(_Elan):
    """You use ReLU; the activation is SiLU, x times its sigmoid."""

    def _activation(self):
        return nn.ReLU()


class activation_before_norm(_Elan):
    """You apply the activation before batch norm; the order is convolution, batch norm, SiLU."""

    def _unit(self, c, o, k):
        return nn.Sequential(self._conv(c, o, k), self._activation(), self._norm(o))


class last_activation_missing(_Elan):
    """You leave cv7 without its activation; it is a unit like the others."""

    def _unit(self, c, o, k):
        modules = [self._conv(c, o, k), self._norm(o), self._activation()]
        return nn.Sequential(*modules[: 2 if hasattr(self, "cv6") else 3])


class batch_norm_of_yolo(_Elan):
    """You set batch norm's eps to 1e-3 and its momentum to 0.03, as YOLO's code does; here torch's defaults
    hold.
    """

    def _norm(self, o):
        return nn.BatchNorm2d(o, eps=1e-3, momentum=0.03)


class shared_units(_Elan):
    """You use one and the same unit for cv3 to cv6, whose weights are then shared; make four."""

    def __init__(self, in_channels, hidden_channels, out_channels):
        super().__init__(in_channels, hidden_channels, out_channels)
        self.cv4 = self.cv5 = self.cv6 = self.cv3


class plain_list_of_units(_Elan):
    """You keep cv3 to cv6 in a plain list, where torch does not see their parameters; make each an attribute
    of its own.
    """

    def __init__(self, in_channels, hidden_channels, out_channels):
        super().__init__(in_channels, hidden_channels, out_channels)
        self.chain = [self.cv3, self.cv4, self.cv5, self.cv6]
        del self.cv3, self.cv4, self.cv5, self.cv6

    def forward(self, x):
        results = [self.cv1(x), self.cv2(x)]
        for unit in self.chain:
            results.append(unit(results[-1]))
        return self.cv7(torch.cat(self._taps(*results), dim=1))
