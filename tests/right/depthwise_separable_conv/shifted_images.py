"""One strided slice of the padded batch for each element of the kernel; the mixing as a matrix product."""


def depthwise_separable_conv(x, depthwise, pointwise, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    n, c, h, w = x.shape
    kh, kw = depthwise.shape[-2:]
    padded = x.new_zeros(n, c, h + 2 * ph, w + 2 * pw)
    padded[:, :, ph : ph + h, pw : pw + w] = x
    rows, columns = (h + 2 * ph - kh) // sh + 1, (w + 2 * pw - kw) // sw + 1
    filtered = 0
    for p in range(kh):
        for q in range(kw):
            seen = padded[:, :, p : p + (rows - 1) * sh + 1 : sh, q : q + (columns - 1) * sw + 1 : sw]
            filtered = filtered + seen * depthwise[:, 0, p, q].view(1, c, 1, 1)
    mixed = pointwise.flatten(1) @ filtered.flatten(2)
    return mixed.view(n, -1, rows, columns)
