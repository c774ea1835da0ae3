"""Measurements of accuracy and speed on gold sets that stand outside the repository: run with ``make bench``.

Each module here is one bench. It has a docstring, whose first line is the title, and either a function ``rows(gold)``
that is given the folder of gold sets and yields dicts of column to value, one a row of the table, or a ``main()`` that
prints a table of its own.
"""
