"""Translation studies: what a translator decided, as data; indicators, audits, annotations, versions, reports.

tables     results as tables whose columns say what they hold, for TSV, JSON Lines, workbooks and Parquet
sources    the texts of a study, of a corpus or of files, and the groups they belong to
plots      plots as SVG, legible in print and for colour-blind readers
saying     what tables, plots and reports say, in English and Spanish
"""
