"""The benchmarks' own arithmetic, on cases worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from layoutgan.core import registry
from layoutgan.domains.floorplan.answered import brief_from

FOLDER = Path(__file__).resolve().parent.parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def plans():
    return list(registry.find("dataset", "procedural")(count=12, seed=3).split("all"))[:4]


def test_a_real_plan_meets_its_own_brief(plans):
    from measures import measured, variety

    for plan in plans:
        figures = measured(plan, plan, brief_from(plan))
        assert figures["all_demands_met"] == figures["area_in_range"] == figures["type_iou"] == 1
        assert figures["forced_free_violation"] == 0
        assert figures["count_right"] == figures["types_right"] == 1
    assert variety([plans[0]]) == {}
    assert variety([plans[0], plans[0]]) == {"distinct_topologies": 0.5, "diversity": pytest.approx(0)}
    other = variety(plans[:2])
    assert other["distinct_topologies"] == 1
    assert other["diversity"] > 0.2


def test_seeds_are_meaned_and_spread():
    from quality import means, spread
    from trials import Result

    rows = [means([Result(None, {"a": v}), Result(None, {"a": v + 2})]) for v in (1.0, 3.0)]
    assert spread(rows) == {"a": [3.0, 1.0]}


def test_auc_and_its_interval():
    from corpus import auc, interval

    classes = np.r_[np.zeros(3), np.ones(2)]
    assert auc(np.array([1.0, 2, 3, 4, 5]), classes) == 1
    assert auc(np.array([1.0, 2, 3, 2, 2]), classes) == pytest.approx(0.5)
    random = np.random.default_rng(1)
    scores = np.r_[random.normal(0, 1, 300), random.normal(1, 1, 300)]
    classes = np.r_[np.zeros(300), np.ones(300)]
    low, high = interval(scores, classes, 200)
    assert low < auc(scores, classes) < high
    assert auc(scores, classes) == pytest.approx(0.76, abs=0.06)  # of two normals one spread apart
    assert high - low < 0.1


def test_tables_name_their_sections():
    import table

    assert table._stem("large_best_of_8") == ("large_best_of", "8")
    assert table._stem("single") == ("single", "")
    text = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert table.rewritten(table.rewritten(text)) == table.rewritten(text)


def test_every_start_is_tried_alike(plans):
    from retrieved import Retrieval
    from trials import Case, Trial, Trials

    trials = Trials([Case(plan, brief_from(plan)) for plan in plans], Retrieval(plans))
    for start in ("random", "retrieved"):
        first, again = (trials.run(Trial(start, 1, 5)) for _ in range(2))
        assert first.layout == again.layout
        assert first.figures["pieces"] == 1
        assert first.figures["displacement"] >= 0
    with pytest.raises(ValueError, match="training plans"):
        Trials(trials.cases).run(Trial("retrieved", 0, 0))
