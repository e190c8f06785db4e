"""Which functions of the entitlement engine read which parameter, found in the code itself.

A function reads a parameter where it calls `rule("name")` or `at("name", …)`, directly or with the variable of a
loop over names. The public functions that reach it, by calls and by names, are what a jurist knows it by.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from zaigang.engines import entitlement
from zaigang.engines.entitlement.shapes import SHAPES

PACKAGE = Path(entitlement.__file__).parent
DOTTED = "zaigang.engines.entitlement"
READERS = ("rule", "at")
WRITING = (".as_json",)  # every answer has it, and writing an answer decides nothing
PACKAGES = ("", "many")  # of the engine, those whose __all__ is for others
PASSING_ON = ("ask", "warm")
Node = tuple[str, str]


@dataclass(frozen=True)
class Uses:
    """By parameter: the functions that read it (`module.function`), and the public functions above them."""

    readers: Mapping[str, tuple[str, ...]]
    public: Mapping[str, tuple[str, ...]]


@dataclass
class _Module:
    """One file: its functions, methods and constants by name, and where its imported names come from."""

    name: str
    nodes: dict[str, ast.AST] = field(default_factory=dict)
    imported: dict[str, Node] = field(default_factory=dict)


@lru_cache(maxsize=1)
def uses() -> Uses:
    modules = {module.name: module for module in _modules()}
    methods: dict[str, set[Node]] = {}
    for module in modules.values():
        for name in module.nodes:
            if "." in name and not name.endswith(WRITING):
                methods.setdefault(name.split(".")[1], set()).add((module.name, name))
    readers: dict[str, set[Node]] = {}
    callers: dict[Node, set[Node]] = {}
    for module in modules.values():
        for name, body in module.nodes.items():
            node = (module.name, name)
            for parameter in _read(body, module):
                readers.setdefault(parameter, set()).add(node)
            for used in _used(body, module, modules, methods):
                callers.setdefault(used, set()).add(node)
    public = _public(modules)
    reached = {name: _above(nodes, callers) for name, nodes in readers.items()}
    return Uses(
        {name: tuple(sorted(f"{module}.{f}" for module, f in nodes)) for name, nodes in readers.items()},
        {name: tuple(sorted(public[n] for n in nodes if n in public)) for name, nodes in reached.items()},
    )


def _modules() -> Iterator[_Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        module = _Module(".".join(part for part in parts if part != "__init__"))
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            _take(module, statement)
        yield module


def _take(module: _Module, statement: ast.stmt) -> None:
    if isinstance(statement, ast.FunctionDef):
        module.nodes[statement.name] = statement
    elif isinstance(statement, ast.ClassDef):
        for part in statement.body:
            if isinstance(part, ast.FunctionDef):
                module.nodes[f"{statement.name}.{part.name}"] = part
    elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            if isinstance(target, ast.Name):
                module.nodes[target.id] = statement.value
    elif isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith(DOTTED):
        origin = (statement.module or "")[len(DOTTED) :].lstrip(".")
        for alias in statement.names:
            module.imported[alias.asname or alias.name] = (origin, alias.name)


def _read(body: ast.AST, module: _Module) -> set[str]:
    """The parameters that a function reads itself."""
    loops = _loops(body, module)
    found: set[str] = set()
    for call in ast.walk(body):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        first = call.args[0]
        if name in READERS and isinstance(first, ast.Constant):
            found.add(str(first.value))
        elif name in READERS and isinstance(first, ast.Name):
            found |= loops.get(first.id, set())
    return found & SHAPES.keys()


def _loops(body: ast.AST, module: _Module) -> dict[str, set[str]]:
    """Loop variables and the texts they run through, written there or in a constant of the module."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(body):
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
            run: ast.AST | None = node.iter
            if isinstance(run, ast.Name):
                run = module.nodes.get(run.id)
            texts = [] if run is None else [part for part in ast.walk(run) if isinstance(part, ast.Constant)]
            found.setdefault(node.target.id, set()).update(str(text.value) for text in texts)
    return found


def _used(
    body: ast.AST, module: _Module, modules: Mapping[str, _Module], methods: Mapping[str, set[Node]]
) -> Iterator[Node]:
    """The functions, methods and constants of the package that a function names."""
    for part in ast.walk(body):
        if isinstance(part, ast.Attribute):
            yield from methods.get(part.attr, ())
        elif isinstance(part, ast.Name):
            if part.id in module.nodes:
                yield module.name, part.id
            elif part.id in module.imported:
                yield _origin(module.imported[part.id], modules)


def _origin(node: Node, modules: Mapping[str, _Module]) -> Node:
    """Where a name that a package hands on is really defined."""
    module = modules.get(node[0])
    while module is not None and node[1] not in module.nodes and node[1] in module.imported:
        node = module.imported[node[1]]
        module = modules.get(node[0])
    return node


def _above(nodes: set[Node], callers: Mapping[Node, set[Node]]) -> set[Node]:
    seen, waiting = set(nodes), list(nodes)
    while waiting:
        for caller in callers.get(waiting.pop(), ()):
            if caller not in seen:
                seen.add(caller)
                waiting.append(caller)
    return seen


def _public(modules: Mapping[str, _Module]) -> dict[Node, str]:
    """The functions that the packages hand out, save those that only pass questions on."""
    found = {}
    for package in PACKAGES:
        for name in ast.literal_eval(modules[package].nodes["__all__"]):
            node = _origin((package, name), modules)
            is_function = isinstance(modules[node[0]].nodes.get(node[1]), ast.FunctionDef)
            if is_function and name not in PASSING_ON:
                found[node] = name
    return found
