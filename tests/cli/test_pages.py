"""init, list, rule, schema: commands that print pages."""

from __future__ import annotations

import json

import pytest

from layoutgan.cli.listing import Listed, packs_by_rule
from layoutgan.cli.schema import Published, published
from layoutgan.core import registry
from layoutgan.domains.domain import domain_of, read_brief

PUBLISHED = [(Published.report, "floorplan")] + [
    (document, domain)
    for document in (Published.brief, Published.layout)
    for domain in registry.names("domain")
]


def test_init_prints_a_brief_that_can_be_read(lg, tmp_path):
    (tmp_path / "flat.yaml").write_text(lg("init").out, encoding="utf-8")
    brief = read_brief(tmp_path / "flat.yaml")
    assert brief.programme().nodes
    assert brief.domain == "floorplan"


@pytest.mark.parametrize("domain", registry.names("domain"))
def test_every_domain_has_an_example(domain, lg, tmp_path):
    outcome = lg("init", domain, "-o", "brief.yaml")
    assert (outcome.code, outcome.out) == (0, "")
    assert "#" in (tmp_path / "brief.yaml").read_text(encoding="utf-8")
    assert read_brief(tmp_path / "brief.yaml").domain == domain


def test_init_never_overwrites(lg, tmp_path):
    (tmp_path / "brief.yaml").write_text("mine")
    outcome = lg("init", "floorplan", "-o", "brief.yaml")
    assert outcome.code == 2
    assert "exists already" in outcome.err
    assert (tmp_path / "brief.yaml").read_text() == "mine"


def test_init_of_an_unknown_domain(lg):
    assert "did you mean 'floorplan'?" in lg("init", "florplan").err


@pytest.mark.parametrize("what", list(Listed))
def test_list_prints_text_and_json(what, lg):
    outcome = lg("list", what.value)
    assert outcome.code == 0
    assert outcome.out.strip()
    rows = json.loads(lg("list", what.value, "--format", "json").out)
    assert isinstance(rows, list)
    assert all(str(next(iter(row.values()))) in outcome.out for row in rows)


def test_list_kinds_knows_all_domains(lg):
    kinds = {(row["domain"], row["kind"]) for row in json.loads(lg("list", "kinds", "--format", "json").out)}
    assert ("floorplan", "bathroom") in kinds
    assert len(kinds) == sum(len(domain_of(name).kinds) for name in registry.names("domain"))


RULES = packs_by_rule()


@pytest.mark.parametrize("one", [rule for rule, _ in RULES], ids=lambda r: r.code)
def test_every_rule_has_a_manual_page(one, lg):
    outcome = lg("rule", one.code)
    assert outcome.code == 0
    assert outcome.out.startswith(f"{one.code}  {one.name}\n{one.title}")
    for limit in one.limits:
        assert limit.name in outcome.out
    assert "Args:" not in outcome.out
    page = json.loads(lg("rule", one.name.upper(), "--format", "json").out)
    assert page["code"] == one.code


def test_an_unknown_rule_names_the_near_one(lg):
    name = RULES[0][0].name
    outcome = lg("rule", name[:-1])
    assert outcome.code == 2
    assert f"did you mean '{name}'?" in outcome.err


@pytest.mark.parametrize(("document", "domain"), PUBLISHED)
def test_the_published_schema_is_current(document, domain, root):
    name = document.value if document is Published.report else f"{document.value}-{domain}"
    file = root / "docs/schema" / f"{name}.json"
    hint = f"write it anew: layoutgan schema {document.value} --domain {domain} > docs/schema/{name}.json"
    assert file.exists(), hint
    assert file.read_text(encoding="utf-8") == published(document, domain), hint


def test_no_other_schema_lies_about(root):
    names = {d.value if d is Published.report else f"{d.value}-{domain}" for d, domain in PUBLISHED}
    assert {p.stem for p in (root / "docs/schema").glob("*.json")} == names


def test_a_schema_describes_its_fields():
    tree = json.loads(published(Published.brief))
    space = tree["$defs"]["Space"]["properties"]
    assert "bedroom" in space["kind"]["enum"]
    assert space["area"]["description"]
    assert tree["properties"]["layoutgan"]["const"] == 1
    assert tree["additionalProperties"] is False


def test_the_schema_of_layouts_knows_each_type_of_element():
    tree = json.loads(published(Published.layout))
    types = {
        tree["$defs"][c["$ref"].rsplit("/", 1)[1]]["properties"]["type"]["const"]
        for c in tree["properties"]["elements"]["items"]["oneOf"]
    }
    assert types == set(domain_of("floorplan").elements)


def test_schema_prints_it(lg):
    assert lg("schema", "report").out == published(Published.report)
