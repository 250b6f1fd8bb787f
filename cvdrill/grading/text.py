"""Makes text of unknown origin safe to show."""

from __future__ import annotations

import unicodedata

_LENGTH = 64 * 1024


def escape(text: str, length: int = _LENGTH) -> str:
    r"""Return `text` with control characters written out and the middle left out where it is too long.

    Parameters
    ----------
    text : str
        What a learner's code printed, raised or named.
    length : int, optional
        Characters to keep.

    Returns
    -------
    str
        Newlines and tabs stay; terminal escapes, surrogates and characters that change the direction of
        writing are shown as ``\x1b`` or ``\u202e``.
    """
    if len(text) > length:
        half = length // 2
        text = f"{text[:half]}\n… {len(text) - 2 * half} characters left out …\n{text[-half:]}"
    return "".join(
        c
        if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        else _written_out(c)
        for c in text.replace("\r\n", "\n")
    )


def _written_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
