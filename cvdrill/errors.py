"""The one exception that reaches a person."""

from __future__ import annotations


class CvdrillError(Exception):
    """Something the person at the keyboard can act on.

    Parameters
    ----------
    message : str
        What is wrong, in one line.
    hint : str, optional
        The next thing to type.
    exit_code : int, optional
        2 for wrong usage, 3 for a fault of cvdrill or of the machine.

    Attributes
    ----------
    message, hint, exit_code
        As given.
    """

    def __init__(self, message: str, hint: str = "", exit_code: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
