"""Measurements of accuracy and speed on gold sets that stand outside the repository: run with ``make bench``.

Each module here whose name does not start with an underscore is one bench. It has a docstring, whose first paragraph is
the title of its section and the rest the words before its tables, and either a function ``tables(gold)`` that is given
the folder of gold sets and yields tables (`_table.Table`), or, where there is one table, ``rows(gold)`` that yields
dicts of column to value. ``peers`` runs the packages bialign is held against.
"""
