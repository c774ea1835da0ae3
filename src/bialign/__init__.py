"""Align an English and a Spanish version of a text, sentence by sentence, on your own machine."""

__version__ = "0.1.0.dev0"
