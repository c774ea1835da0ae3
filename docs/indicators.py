"""Write docs/indicators.md and docs/indicators.es.md from the indicators themselves: ``python docs/indicators.py``."""

import sys
from pathlib import Path

from bialign.study.indicators.page import page

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
for lang, name in (("en", "indicators.md"), ("es", "indicators.es.md")):
    (folder / name).write_text(page(lang), encoding="utf-8", newline="\n")
