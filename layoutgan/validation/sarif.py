"""Reports as SARIF 2.1.0, which editors and code hosts show."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from layoutgan.core.schema import dump
from layoutgan.validation.report import Report, Tally, Waived
from layoutgan.validation.rule import Finding, Rule, Severity

__all__ = ["fingerprint", "sarif"]

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(reports: Sequence[tuple[str, Report]], rules: Iterable[Rule] = (), *, version: str) -> str:
    """Reports of several files as one SARIF run.

    Args:
        reports: name of the file and its report.
        rules: that judged, for their manual pages.
        version: of layoutgan.
    """
    pages = {rule.code: rule for rule in rules}
    tallies = {tally.rule: tally for _, report in reports for tally in report.tallies}
    codes = sorted(tallies)
    run = {
        "tool": {"driver": {"name": "layoutgan", "version": version, "semanticVersion": version,
                            "rules": [_rule(tallies[code], pages.get(code)) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [result for file, report in reports for result in _results(file, report, codes)],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def fingerprint(finding: Finding) -> str:
    """Names a finding across versions of a layout: the rule and the elements, not the measured value."""
    text = json.dumps([finding.rule, list(finding.elements)], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _rule(tally: Tally, page: Rule | None) -> dict[str, Any]:
    return {
        "id": tally.rule,
        "name": "".join(part.capitalize() for part in tally.name.split("_")),
        "shortDescription": {"text": tally.title or tally.name},
        "fullDescription": {"text": page.doc if page else tally.title or tally.name},
        "defaultConfiguration": {"level": _LEVELS[tally.severity]},
        "properties": {"source": tally.source, "verified": tally.verified, "limits": tally.limits,
                       "tags": list(tally.packs)},
    }


def _results(file: str, report: Report, codes: list[str]) -> list[dict[str, Any]]:
    results = [_result(file, finding, codes) for finding in report.findings]
    suppressed = (_result(file, waived.finding, codes) | {"suppressions": [_suppression(waived)]}
                  for waived in report.waived)
    return [*results, *suppressed]


def _suppression(waived: Waived) -> dict[str, str]:
    why = f"{waived.reason} ({waived.person}, until {waived.expires.isoformat()})"
    return {"kind": "external", "status": "accepted", "justification": why}


def _result(file: str, finding: Finding, codes: list[str]) -> dict[str, Any]:
    facts = {k: v for k, v in dump(finding).items() if k in {"measured", "limit", "unit", "where", "source"}}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message + (f" {finding.remedy}" if finding.remedy else "")},
        "locations": [{
            "physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": {"startLine": 1}},
            "logicalLocations": [{"name": name, "kind": "element"} for name in finding.elements],
        }],
        "partialFingerprints": {"layoutgan/v1": fingerprint(finding)},
        "properties": facts,
    }
    if finding.rule in codes:
        result["ruleIndex"] = codes.index(finding.rule)
    return result


def _uri(file: str) -> str:
    from urllib.parse import quote

    return quote(file.replace("\\", "/"), safe="/:~", errors="replace")
