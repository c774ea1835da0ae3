"""Annotation of what translators did: schemes of labels, agreement between annotators, decisions between them.

schemes       labels with their meaning, built in and of one's own, as YAML
units         what is compared: the labels that each annotator gave to each bead, and the stretches
agreement     kappa, alpha and observed agreement, of labels and of words marked; `unitizing` is the alpha of stretches
bootstrap     how far these could be otherwise
adjudication  where annotators differ, and what was decided
rows          annotations as a table, written and read; `bringing_in` adds them to a corpus
"""
