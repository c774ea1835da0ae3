"""Measurements of accuracy and speed on gold sets that stand outside the repository: run with ``make bench``.

Each module here is one bench. It has a docstring, whose first line is the table's title, and a function
``rows(gold)`` that is given the folder of gold sets and yields dicts of column to value (nothing, where a set it needs
is missing).
"""
