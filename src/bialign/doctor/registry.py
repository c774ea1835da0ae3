"""All rules, by format."""

from __future__ import annotations

from bialign.doctor import rules_tables, rules_terms, rules_tmx, rules_xliff, rules_xml
from bialign.doctor.model import FileRule

RULES: tuple[FileRule, ...] = (
    *rules_xml.RULES,
    *rules_tmx.RULES,
    *rules_xliff.RULES,
    *rules_terms.RULES,
    *rules_tables.RULES,
)
