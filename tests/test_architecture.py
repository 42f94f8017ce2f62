"""The house rules that a machine can check: who may import whom, what things are called, what loads when.

Imports are read with ast, the deferred ones inside functions included.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = (
    ("layoutgan.errors", "layoutgan.weights"),
    ("layoutgan.core",),
    ("layoutgan.validation",),
    ("layoutgan.domains",),
    ("layoutgan.encoding", "layoutgan.models", "cad_plugin", "layoutgan_datasets"),
    ("layoutgan.metrics",),
    ("layoutgan.training",),
    ("layoutgan.generation",),
    ("layoutgan.__init__",),
    ("layoutgan.cli",),
    ("layoutgan.__main__",),
)
"""From the ground up: a module imports its own floor's package and floors below it."""
REFUSED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "tools", "stuff", "lib"}
HEAVY = (
    "torch",
    "torch_geometric",
    "ezdxf",
    "numba",
    "matplotlib",
    "networkx",
    "jinja2",
    "scipy",
    "ortools",
    "lightning_fabric",
)
MOST_LINES = 400
LONG_FILES: dict[str, str] = {}
"""Files above the budget, each with its reason."""


class Import(NamedTuple):
    """One import of a module of ours."""

    source: str
    target: str
    line: int
    typing_only: bool


@cache
def modules() -> dict[str, Path]:
    """All modules of ours by import name."""
    found = {}
    for folder, name in (
        ("layoutgan", "layoutgan"),
        ("cad_plugin", "cad_plugin"),
        ("datasets", "layoutgan_datasets"),
    ):
        for path in sorted((ROOT / folder).rglob("*.py")):
            inner = path.relative_to(ROOT / folder).with_suffix("").parts
            if path.name == "__init__.py":
                inner = inner[:-1]
            found[".".join((name, *inner))] = path
    return found


def package_of(module: str) -> str:
    """The package that a module lies in, as FLOORS names it."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "layoutgan" else parts[0]


def floor_of(module: str) -> int:
    name = "layoutgan.__init__" if module == "layoutgan" else package_of(module)
    return next(i for i, names in enumerate(FLOORS) if name in names)


@cache
def imports() -> tuple[Import, ...]:
    return tuple(one for module, path in modules().items() for one in _imports(module, path))


def _imports(module: str, path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        for target in _targets(node, package):
            name = target if target in modules() else target.rpartition(".")[0]
            if name in modules():
                yield Import(module, name, node.lineno, id(node) in hidden)


def _targets(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        parts = package.split(".")
        above = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
        source = ".".join(part for part in (above, node.module or "") if part)
        # The version is a fact that every floor may know.
        yield from (
            f"{source}.{a.name}" for a in node.names if (source, a.name) != ("layoutgan", "__version__")
        )


def test_imports_point_down():
    wrong = []
    for one in imports():
        if package_of(one.source) == package_of(one.target):
            continue
        above, below = floor_of(one.source), floor_of(one.target)
        if below >= above:
            names = " · ".join("/".join(floor) for floor in FLOORS)
            wrong.append(f"{one.source}:{one.line} imports {one.target}, which is not below it ({names})")
    assert not wrong, "\n".join(wrong)


def test_models_import_nothing_of_ours():
    wrong = [
        f"{one.source}:{one.line} imports {one.target}; networks see tensors only"
        for one in imports()
        if package_of(one.source) == "layoutgan.models" and package_of(one.target) != "layoutgan.models"
    ]
    assert not wrong, "\n".join(wrong)


def test_floorplan_and_piping_never_meet():
    def domain(module: str) -> str:
        found = re.search(r"\b(floorplan|piping)\b", module)
        return found[1] if found else ""

    wrong = [
        f"{one.source}:{one.line} imports {one.target}; what both need belongs into core or domains/universal"
        for one in imports()
        if one.source.startswith("layoutgan.domains.")
        and {domain(one.source), domain(one.target)} == {"floorplan", "piping"}
    ]
    assert not wrong, "\n".join(wrong)


def test_no_cycles():
    """Modules do not import each other in a circle, deferred imports left out: those never run at import."""
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for module, path in modules().items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            package = module if path.name == "__init__.py" else module.rpartition(".")[0]
            for target in _targets(node, package):
                name = target if target in modules() else target.rpartition(".")[0]
                if name in modules() and name != module:
                    graph[module].add(name)
    state: dict[str, int] = {}

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert state.get(module) != 1, "imports go in a circle: " + " -> ".join(
            (*way[way.index(module) :], module)
        )
        if module in state:
            return
        state[module] = 1
        for target in sorted(graph[module]):
            visit(target, (*way, module))
        state[module] = 2

    for module in graph:
        visit(module, ())


def test_nothing_is_called_utils():
    wrong = [name for name in modules() if REFUSED_NAMES & set(name.split("."))]
    assert not wrong, f"{wrong}: name a module after what its functions are about"


def test_hugging_face_keeps_its_name():
    """`import datasets` belongs to another package; without it we would silently get our folder."""
    wrong = []
    for folder in ("layoutgan", "cad_plugin", "datasets", "tests", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
                if any(name.split(".")[0] == "datasets" for name in names):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not wrong, f"{wrong}: reach our data sets through the registry, or as layoutgan_datasets"
    assert not (ROOT / "datasets" / "__init__.py").exists(), "the folder must not be a package of that name"


def test_no_star_imports_no_prints_no_exits():
    wrong = []
    for module, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and any(a.name == "*" for a in node.names):
                wrong.append(f"{module}:{node.lineno} imports *")
            if isinstance(node, ast.ExceptHandler) and node.type is None:
                wrong.append(f"{module}:{node.lineno} has a bare except")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"print", "exit", "quit", "eval", "exec", "input"}
            ):
                wrong.append(f"{module}:{node.lineno} calls {node.func.id}")
    assert not wrong, "\n".join(wrong)


def test_nothing_unpickles():
    wrong = []
    for module, path in modules().items():
        text = path.read_text(encoding="utf-8")
        for pattern in (
            r"^\s*(import|from) (pickle|dill|shelve|marshal|joblib)\b",
            r"torch\.load\(",
            r"allow_pickle=True",
            r"yaml\.(load|unsafe_load|full_load)\(",
        ):
            if re.search(pattern, text, re.MULTILINE):
                wrong.append(f"{module}: {pattern}")
    assert not wrong, "\n".join(wrong)


def test_every_module_says_what_it_is_and_offers_what_it_has():
    wrong = []
    for module, path in modules().items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            wrong.append(f"{module} has no docstring")
        offered = [
            [e.value for e in node.value.elts if isinstance(e, ast.Constant)]
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.List | ast.Tuple)
            and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
        ]
        known = _names(tree)
        wrong += [
            f"{module} offers '{name}', which it does not have"
            for names in offered
            for name in names
            if name not in known
        ]
    assert not wrong, "\n".join(wrong)


def _names(tree: ast.Module) -> set[str]:
    """Everything that a module defines or imports at its top."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def test_files_stay_short():
    wrong = []
    for path in sorted(
        {*modules().values(), *(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "tests").rglob("*.py")}
    ):
        name = path.relative_to(ROOT).as_posix()
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES and name not in LONG_FILES:
            wrong.append(f"{name} has {lines} lines; at most {MOST_LINES}: split it by what it is about")
    assert not wrong, "\n".join(wrong)


def test_the_list_of_packages_is_the_folders():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(project["tool"]["setuptools"]["packages"])
    folders = {
        name.rpartition(".")[0] if path.name != "__init__.py" else name for name, path in modules().items()
    }
    assert listed == folders, (
        f"only listed: {sorted(listed - folders)}; only on disk: {sorted(folders - listed)}"
    )
    mapped = project["tool"]["setuptools"]["package-dir"]
    assert mapped["layoutgan_datasets"] == "datasets"


def test_entry_points_name_modules_that_exist():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tables = [project["scripts"], *project["entry-points"].values()]
    wrong = [
        f"{name} = {target}"
        for table in tables
        for name, target in table.items()
        if target.split(":")[0] not in modules()
    ]
    assert not wrong, "\n".join(wrong)


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_nothing_tracked_knows_this_machine():
    """No path of a developer's machine and no package mirror in any tracked text."""
    home = re.compile(
        r"(?<![\w.])/(?:home|Users|root|work|opt)/[\w.-]+|[A-Z]:\\\\?Users\\\\|https?://(?:localhost|10\.|192\.168\.)"
    )
    wrong = []
    for path in _tracked():
        if (
            path.suffix in {".png", ".safetensors", ".npz", ".dxf"}
            or path == Path(__file__)
            or not path.is_file()
        ):
            continue
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        ):
            if home.search(line) and "/usr/" not in line and "example" not in line:
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not wrong, "\n".join(wrong)


def test_no_large_files_are_tracked():
    large = [
        f"{p.relative_to(ROOT)} {p.stat().st_size}"
        for p in _tracked()
        if p.is_file() and p.stat().st_size > 40_000_000
    ]
    assert not large


LIGHT = {
    "import layoutgan": HEAVY,
    "import layoutgan; layoutgan.Brief, layoutgan.Layout, layoutgan.Report, layoutgan.InputError": HEAVY,
    "from layoutgan.cli.main import run; assert run(['--version']) == 0": (
        *HEAVY,
        "numpy",
        "pydantic",
        "shapely",
        "yaml",
    ),
    "from layoutgan.cli.main import run; assert run(['--help']) == 0": (
        *HEAVY,
        "numpy",
        "pydantic",
        "shapely",
    ),
    "from layoutgan.cli.main import run; assert run(['init']) == 0": HEAVY,
    "from layoutgan.cli.main import run; assert run(['list', 'rules']) == 0": HEAVY,
    "from layoutgan.cli.main import run; assert run(['schema', 'brief']) == 0": HEAVY,
    "from layoutgan.cli.main import run; assert run(['check', 'PLAN']) == 1": HEAVY,
    "from layoutgan.cli.main import run; assert run(['check', 'PLAN', '--format', 'sarif']) == 1": HEAVY,
    "from layoutgan.cli.main import run; assert run(['generate', 'missing.yaml']) == 2": HEAVY,
    "from layoutgan.cli.main import run; assert run(['train', 'missing.yaml']) == 2": HEAVY,
}
"""What people type, and what must not load for it."""


@pytest.mark.parametrize("code", LIGHT)
def test_light_things_stay_light(code, tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(
        '{"layoutgan": 1, "domain": "floorplan", "boundary": [[0, 0], [4, 0], [4, 3], [0, 3]], "elements": '
        '[{"type": "room", "id": "a", "kind": "bedroom", "shape": [[0, 0], [3, 0], [3, 3], [0, 3]]}]}'
    )
    script = (
        f"{code.replace('PLAN', plan.as_posix())}\nimport sys\n"
        f"loaded = [m for m in {LIGHT[code]!r} if m in sys.modules]\nassert not loaded, loaded"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
