"""``layoutgan schema``: the JSON Schema of our documents, from which editors complete and check."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layoutgan.cli.terminal import result

if TYPE_CHECKING:
    from layoutgan.domains.domain import Domain

__all__ = ["Published", "published", "schema"]


class Published(StrEnum):
    """Documents with a published schema."""

    brief = "brief"
    layout = "layout"
    report = "report"


def schema(
    document: Annotated[Published, typer.Argument(help="Which document.")],
    domain: Annotated[str, typer.Option(help="Field of design.")] = "floorplan",
) -> int:
    """Print the JSON Schema of a document.

    Point your editor at it, and it completes and checks briefs as you type.
    """
    result(published(document, domain))
    return 0


def published(document: Published, domain: str = "floorplan") -> str:
    """JSON Schema text of a document of a domain; a report is the same in all domains."""
    from layoutgan.domains.domain import domain_of
    from layoutgan.validation.report import Report

    if document is Published.report:
        tree = Report.model_json_schema()
    elif document is Published.brief:
        tree = domain_of(domain).brief.model_json_schema()
    else:
        tree = _layout(domain_of(domain))
    name = document if document is Published.report else f"{document}-{domain}"
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"layoutgan-1-{name}.json"}
    return json.dumps(head | tree, ensure_ascii=False, indent=1) + "\n"


def _layout(domain: Domain) -> dict[str, Any]:
    """Schema of a layout in which each type of element has its own fields."""
    from layoutgan.core.layout import Layout

    tree = Layout.model_json_schema()
    parts = tree["$defs"]
    choices = []
    for tag, element in sorted(domain.elements.items()):
        own = element.model_json_schema()
        parts.update(own.pop("$defs", {}))
        word = {"type": {"const": tag, "description": "The type of element."}}
        own["properties"] = word | own["properties"]
        own["required"] = ["type", *own.get("required", [])]
        parts[f"element-{tag}"] = own
        choices.append({"$ref": f"#/$defs/element-{tag}"})
    brief = domain.brief.model_json_schema()
    parts.update(brief.pop("$defs", {}))
    parts["brief"] = brief
    tree["properties"]["elements"]["items"] = {"oneOf": choices}
    tree["properties"]["brief"] = {"anyOf": [{"$ref": "#/$defs/brief"}, {"type": "null"}]}
    tree["properties"]["domain"]["const"] = domain.name
    for unused in ("Element", "Brief"):
        parts.pop(unused, None)
    return tree
