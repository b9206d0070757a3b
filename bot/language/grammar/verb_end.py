"""The better form for a German subordinate clause whose verb stands too early.

LanguageTool's rule format can mark the verb but not carry it to the end of the clause. Which rules
mark it is decided in ``grammar_custom.xml``.
"""

import re
from dataclasses import replace

from bot.domain.feedback import Finding

RULE = "KONTOR_NEBENSATZ_VERBENDE"
LONGEST_CLAUSE = 9  # words behind the verb; in a longer one the end is a guess

_REST = re.compile(r"\s+([^,.;:!?()\n–]+)")
_JOINED = re.compile(r"\b(?:und|oder|aber|sondern|wenn|weil|dass)\b")


def with_verb_at_end(finding: Finding, text: str) -> Finding:
    """``finding`` stretched to the end of its clause, with the clause put right."""
    rest = _REST.match(text, finding.end)
    if finding.rule != RULE or finding.fixes or rest is None:
        return finding
    clause = rest[1].rstrip()
    if len(clause.split()) > LONGEST_CLAUSE or _JOINED.search(clause):
        return finding
    verb = text[finding.start : finding.end]
    return replace(finding, end=rest.start(1) + len(clause), fixes=(f"{clause} {verb}",))
