"""Engineering layouts from a brief.

    import layoutgan as lg

    brief = lg.read("flat.yaml")
    made = lg.generate(brief, count=8, seed=0)
    print(lg.check(made.layouts[0]).text())
    lg.write(made.layouts[0], "plan.dxf")

The verbs are functions of this module; the nouns (``Brief``, ``Layout`` and the rest) load when they are
first used, so that importing layoutgan costs nothing and needs neither torch nor a CAD library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layoutgan.core.brief import Brief
    from layoutgan.core.layout import Connection, Element, Layout
    from layoutgan.core.raster import Raster
    from layoutgan.core.sketch import sketch
    from layoutgan.domains.domain import Domain, Effort
    from layoutgan.errors import (
        DatasetError,
        ExportError,
        InputError,
        LayoutError,
        TrainingError,
        UnknownName,
    )
    from layoutgan.generation.generate import Generated
    from layoutgan.generation.repair import Repaired
    from layoutgan.metrics.evaluate import Table
    from layoutgan.training.loop import Step
    from layoutgan.validation.report import Report
    from layoutgan.validation.rule import Finding, Pack, Rule, Severity, Source, rule

__version__ = "0.1.0"

_NOUNS = {
    "Brief": "layoutgan.core.brief",
    "Connection": "layoutgan.core.layout",
    "Element": "layoutgan.core.layout",
    "Layout": "layoutgan.core.layout",
    "Raster": "layoutgan.core.raster",
    "sketch": "layoutgan.core.sketch",
    "Domain": "layoutgan.domains.domain",
    "Effort": "layoutgan.domains.domain",
    "DatasetError": "layoutgan.errors",
    "ExportError": "layoutgan.errors",
    "InputError": "layoutgan.errors",
    "LayoutError": "layoutgan.errors",
    "TrainingError": "layoutgan.errors",
    "UnknownName": "layoutgan.errors",
    "Generated": "layoutgan.generation.generate",
    "Repaired": "layoutgan.generation.repair",
    "Table": "layoutgan.metrics.evaluate",
    "Step": "layoutgan.training.loop",
    "Report": "layoutgan.validation.report",
    "Finding": "layoutgan.validation.rule",
    "Pack": "layoutgan.validation.rule",
    "Rule": "layoutgan.validation.rule",
    "Severity": "layoutgan.validation.rule",
    "Source": "layoutgan.validation.rule",
    "rule": "layoutgan.validation.rule",
}
"""Where each noun lives; it is imported when somebody asks for it."""

__all__ = [
    "read", "write", "generate", "check", "repair", "train", "evaluate", "dataset",
    "Brief", "Connection", "Element", "Layout", "Raster", "sketch",
    "Domain", "Effort", "Generated", "Repaired", "Step", "Table",
    "Finding", "Pack", "Report", "Rule", "Severity", "Source", "rule",
    "DatasetError", "ExportError", "InputError", "LayoutError", "TrainingError", "UnknownName",
]


def __getattr__(name: str) -> Any:
    if name not in _NOUNS:
        raise AttributeError(f"module 'layoutgan' has no attribute '{name}'")
    value = getattr(import_module(_NOUNS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def read(path: str | Path) -> Brief | Layout:
    """The brief or the layout in a file: YAML, JSON, or a drawing that an installed exporter reads.

    Raises:
        InputError: the file holds neither; names file, place and remedy.
        UnknownName: no reader knows files of that suffix.
    """
    from layoutgan.domains.domain import read_brief, read_layout

    path = Path(path)
    if path.suffix.lower() in {".yaml", ".yml"}:
        return read_brief(path)
    if path.suffix.lower() != ".json":
        from cad_plugin.exporter import read as read_drawing

        return read_drawing(path)
    from layoutgan.core.schema import read_tree

    tree, _ = read_tree(path)
    # A layout is known by its elements; everything else is judged as a brief, which has the better messages.
    return read_layout(path) if isinstance(tree, dict) and "elements" in tree else read_brief(path)


def write(layout: Layout, path: str | Path, *, to: str | None = None, report: Report | None = None,
          **options: Any) -> Path:
    """Writes a layout to a file and returns its path; the file appears whole or not at all.

    Args:
        layout: what is written.
        path: of the file; its suffix says the format.
        to: name of the format, when the suffix does not say it.
        report: findings to be shown in drawings.
        options: of the exporter.

    Raises:
        UnknownName: no exporter fits.
        ExportError: the format cannot hold the layout, or cannot be written here.
    """
    from cad_plugin.exporter import write as write_drawing

    return write_drawing(layout, path, to=to, report=report, **options)


def generate(brief: Brief | str | Path, count: int = 8, *, seed: int = 0, **options: Any) -> Generated:
    """Layouts that answer a brief, best first and different from each other.

    Args:
        brief: what is asked, or the file in which it stands.
        count: layouts wanted; fewer come back when the brief admits fewer.
        seed: the same seed gives the same layouts.
        options: of ``layoutgan.generation.generate.generate``.

    Raises:
        InputError: the file is not a brief.
        UnknownName: no such start or weights.
    """
    from layoutgan.domains.domain import read_brief
    from layoutgan.generation.generate import generate as make

    asked = read_brief(brief) if isinstance(brief, str | Path) else brief
    return make(asked, count=count, seed=seed, **options)


def check(layout: Layout, brief: Brief | None = None, *, packs: Iterable[str] | None = None,
          limits: Mapping[str, Mapping[str, float]] | None = None) -> Report:
    """The report of a layout.

    Args:
        layout: what is judged.
        brief: what it should answer; by default the brief inside the layout.
        packs: names of rule packs; by default those of the brief, else those of the domain.
        limits: limits that differ from the rules' own, by rule code and name; they win over the brief's.

    Raises:
        UnknownName: no such pack.
        InputError: a rule has no such limit.
    """
    from layoutgan.domains.domain import domain_of
    from layoutgan.validation.check import check as judge
    from layoutgan.validation.check import rules_of

    asked = brief if brief is not None else layout.brief
    names = tuple(packs or (asked.rules.packs if asked is not None else ()) or domain_of(layout.domain).packs)
    return judge(layout, rules_of(names), brief=brief, limits=limits, packs=names)


def repair(layout: Layout, brief: Brief | None = None, *, seed: int = 0, packs: Iterable[str] | None = None,
           limits: Mapping[str, Mapping[str, float]] | None = None) -> Repaired:
    """The layout mended: solved again from where it is, with the limits that it breaks as hard demands.

    Args:
        layout: what is mended.
        brief: what it should answer; by default the brief inside the layout, else one derived from it.
        seed: the same seed gives the same result.
        packs: names of rule packs, as in ``check``.
        limits: limits that differ from the rules' own, as in ``check``.
    """
    from layoutgan.generation.repair import repair as mend

    def judge(one: Layout) -> Report:
        return check(one, brief, packs=packs, limits=limits)

    return mend(layout, judge, brief=brief, seed=seed)


def train(experiment: str | Path, **options: Any) -> Iterator[Step]:
    """Trains as an experiment file says and yields a step at a time; resumes where it stopped.

    Raises:
        InputError: the file is not an experiment.
        TrainingError: a loss is not finite.
    """
    from layoutgan.core.schema import read_tree, validate
    from layoutgan.training.config import Experiment
    from layoutgan.training.run import run

    path = Path(experiment)
    tree, node = read_tree(path)
    return run(validate(Experiment, tree, file=str(path), node=node), **options)


def evaluate(layouts: Iterable[Layout], reference: Iterable[Layout] = ()) -> Table:
    """Figures of many layouts, beside those of a reference set."""
    from layoutgan.metrics.evaluate import evaluate as measure

    return measure(tuple(layouts), tuple(reference) or None)


def dataset(name: str, *arguments: Any, **options: Any) -> Any:
    """The data set of that name, opened with its own arguments (``layoutgan list datasets``).

    Raises:
        UnknownName: there is none.
        DatasetError: files are missing or damaged.
    """
    from layoutgan.core import registry

    return registry.find("dataset", name)(*arguments, **options)
