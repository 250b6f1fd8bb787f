import numpy as np

from cvdrill.testing import mistake


@mistake(replaces="reverse")
def first_element_lost(x):
    """You lose the first element, as in x[-1:0:-1], because a slice ends before its stop; leave the
    stop out.
    """
    return x[-1:0:-1]


@mistake(replaces="tail")
def tail_zero_returns_all(x, n):
    """You return everything for n = 0, since x[-0:] is x[0:]; the last 0 elements are an empty array."""
    return x[-n:]


@mistake(replaces="reverse")
def floats_for_an_empty_list(x):
    """You make an array of a list, and an empty list becomes an array of floats; an empty result is of the
    kind of x.
    """
    return np.array(list(reversed(x)))


@mistake(replaces="tail")
def floats_for_nothing(x, n):
    """You return np.array([]) for n = 0, which is an array of floats; an empty result is of the kind of x."""
    return x[-n:] if n else np.array([])


@mistake(replaces="tail")
def tail_reversed(x, n):
    """You return the last n elements from back to front; they are asked in their order."""
    return x[::-1][:n]


@mistake(replaces="tail")
def everything_after_n(x, n):
    """You leave out the first n elements; the last n elements are asked."""
    return x[n:]


@mistake(replaces="reversed_from")
def off_by_one_start(x, k):
    """You start at index k - 1, perhaps because x[:k] ends before k; the element at k belongs to the
    result.
    """
    return x[:k][::-1]


@mistake(replaces="reversed_from")
def stops_before_zero(x, k):
    """You lose the first element, as in x[k:0:-1], because a slice ends before its stop; leave the stop
    out.
    """
    return x[k:0:-1]


@mistake(replaces="reversed_from")
def minus_one_as_stop(x, k):
    """You get nothing, as from x[k:-1:-1], where -1 means the last element and not the place before the
    first; leave the stop out.
    """
    return x[k:-1:-1]


@mistake(replaces="reversed_from")
def walks_from_the_end_to_k(x, k):
    """You reverse what lies from k to the end; the walk starts at k and goes back to index 0."""
    return x[k:][::-1]


@mistake(replaces="reversed_from")
def counted_from_the_end(x, k):
    """You reverse x first and then leave out k elements, so you start at the last index less k; reverse the
    first k + 1 elements.
    """
    return x[::-1][k:]


@mistake(replaces="reversed_from")
def not_reversed(x, k):
    """You return the first k + 1 elements as they lie; the walk starts at k and goes back to index 0."""
    return x[: k + 1]


@mistake(replaces="mirror")
def mirrored_rows(image):
    """You reverse the rows, so the image stands on its head; a mirror reverses the columns, the second
    axis.
    """
    return image[::-1]


@mistake(replaces="mirror")
def mirrored_twice(image):
    """You reverse rows and columns, which is half a turn; a mirror reverses the columns alone."""
    return image[::-1, ::-1]


@mistake(replaces="mirror")
def mirrored_channels(image):
    """You reverse the last axis, which holds the channels; the columns are the second axis of three."""
    return image[..., ::-1]


@mistake(replaces="mirror")
def mirrored_colours_too(image):
    """You reverse the channels along with the columns; a pixel keeps its colour."""
    return image[:, ::-1, ::-1]


@mistake(replaces="rotate90")
def clockwise(image):
    """You turn clockwise; anticlockwise is asked, so the rightmost column comes to the top."""
    return image.transpose(1, 0, 2)[:, ::-1]


@mistake(replaces="rotate90")
def transposed_only(image):
    """You only transpose, which mirrors the image at its diagonal; a turn also reverses one of the two
    axes.
    """
    return image.transpose(1, 0, 2)


@mistake(replaces="rotate90")
def half_turn(image):
    """You turn by a half; a quarter is asked, after which height and width have changed places."""
    return image[::-1, ::-1]


@mistake(replaces="rotate90")
def channels_first(image):
    """You transpose all three axes, so the channels come first; only rows and columns change places."""
    return image.T[:, ::-1]


@mistake(replaces="rotate90")
def reshaped_not_transposed(image):
    """You reshape where you should transpose: the pixels stay in the order of the old rows, only cut anew."""
    height, width, channels = image.shape
    return image.reshape(width, height, channels)[::-1]


@mistake(replaces="rotate90")
def float_canvas(image):
    """You return floats, perhaps from np.zeros or np.empty without a dtype; an image keeps the dtype it
    has.
    """
    height, width, channels = image.shape
    turned = np.zeros((width, height, channels))
    turned[...] = image.transpose(1, 0, 2)[::-1]
    return turned


@mistake(replaces="swap_channels")
def overwritten_while_swapping(image):
    """You swap two views of one array, so red is overwritten before it is read and blue appears twice;
    reverse the axis, or copy a channel first.
    """
    swapped = image.copy()
    swapped[..., 0], swapped[..., 2] = swapped[..., 2], swapped[..., 0]
    return swapped


@mistake(replaces="swap_channels")
def channels_rotated(image):
    """You shift all channels by one, to GBR; only red and blue change places, and green stays."""
    return image[..., [1, 2, 0]]


@mistake(replaces="swap_channels")
def columns_for_channels(image):
    """You reverse the second axis, which holds the columns; the channels are the last axis."""
    return image[:, ::-1]


@mistake(replaces="swap_channels")
def rows_for_channels(image):
    """You reverse the first axis, which holds the rows; the channels are the last axis."""
    return image[::-1]
