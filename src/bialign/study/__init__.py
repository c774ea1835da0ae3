"""Translation studies: what a translator decided, as data; indicators, audits, annotations, versions, reports.

tables     results as tables whose columns say what they hold, for TSV, JSON Lines, workbooks and Parquet
sources    the texts of a study, of a corpus or of files, and the groups they belong to
plots      plots as SVG, legible in print and for colour-blind readers
saying     what tables, plots and reports say, in English and Spanish
decisions  what became of each sentence: kept, split, joined, omitted, added, moved, reordered
indicators measures of texts and translations; `comparing` tells whether groups differ by them
audit      how good an alignment is, from a sample that people judge
aligners   other aligners, and how far aligners differ on a text
annotation labels that people give to words, how far they agree, decisions between them
versions   several translations of a text, or a text and its revision, side by side
report     all of it on one page, with tables beside
"""
