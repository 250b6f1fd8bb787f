"""cvdrill: practise the coding part of computer-vision interviews in your terminal."""

__version__ = "0.1.0"
