"""Enough of AutoLISP to run the functions of our bundle and to see what they would do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PureWindowsPath
from typing import Any

TOKEN = re.compile(r"""\s*(?:;[^\n]*|(?P<string>"(?:\\.|[^"\\])*")|(?P<mark>[()'])|(?P<atom>[^\s()'";]+))""")
ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"'}


class Symbol(str):
    """A name."""


NIL: list[Any] = []


def _tokens(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None:
            if text[place:].strip():
                raise ValueError(f"not understood: {text[place : place + 30]!r}")
            return
        place = found.end()
        if any(found.group("string", "mark", "atom")):
            yield found


def parsed(text: str) -> list[Any]:
    """The forms of a program; ValueError when it is not balanced."""
    stack: list[list[Any]] = [[]]
    quotes: list[int] = []
    for found in _tokens(text):
        if found["mark"] == "'":
            quotes.append(len(stack))
            continue
        if found["mark"] == "(":
            stack.append([])
            continue
        if found["mark"] == ")" and len(stack) == 1:
            raise ValueError("one closing of the parentheses is too many")
        value: Any = stack.pop() if found["mark"] else _atom(found)
        while quotes and quotes[-1] == len(stack):
            quotes.pop()
            value = [Symbol("quote"), value]
        stack[-1].append(value)
    if len(stack) > 1:
        raise ValueError(f"{len(stack) - 1} parentheses are not closed")
    return stack[0]


def _atom(found: re.Match[str]) -> Any:
    if found["string"] is not None:
        return re.sub(r"\\(.)", lambda m: ESCAPES[m[1]], found["string"][1:-1])
    atom = found["atom"]
    return int(atom) if re.fullmatch(r"-?\d+", atom) else Symbol(atom.lower())


class Lisp:
    """An interpreter whose doings are recorded."""

    def __init__(self, answers: dict[str, Any], code: Any = 0) -> None:
        self.values: dict[str, Any] = {"t": True, "nil": NIL, ":vlax-true": True}
        self.functions: dict[str, tuple[list[str], list[Any]]] = {}
        self.answers, self.code = answers, code
        self.lines: list[str] = []
        """Command lines that were run."""
        self.commands: list[tuple[Any, ...]] = []
        self.said: list[str] = []

    def load(self, text: str) -> None:
        for form in parsed(text):
            self.value(form)

    def value(self, form: Any) -> Any:
        if isinstance(form, Symbol):
            return self.values.get(form, NIL)
        if not isinstance(form, list) or not form:
            return form
        head, *rest = form
        special = getattr(self, f"_{head}", None) if head in SPECIAL else None
        if special is not None:
            return special(rest)
        values = [self.value(one) for one in rest]
        if head in self.functions:
            return self.call(head, *values)
        return self.builtin(head)(*values)

    def call(self, name: str, *values: Any) -> Any:
        names, body = self.functions[name.lower()]
        arguments = names[: names.index("/")] if "/" in names else names
        local = names[names.index("/") + 1 :] if "/" in names else []
        assert len(arguments) == len(values), name
        before = {n: self.values.get(n, NIL) for n in (*arguments, *local)}
        self.values |= dict(zip(arguments, values, strict=True)) | dict.fromkeys(local, NIL)
        result: Any = NIL
        for form in body:
            result = self.value(form)
        self.values |= before
        return result

    def _defun(self, rest: list[Any]) -> Any:
        name, arguments, *body = rest
        self.functions[name] = ([str(a) for a in arguments], body)
        return name

    def _setq(self, rest: list[Any]) -> Any:
        for name, form in zip(rest[::2], rest[1::2], strict=True):
            self.values[name] = self.value(form)
        return self.values[rest[-2]]

    def _if(self, rest: list[Any]) -> Any:
        if true(self.value(rest[0])):
            return self.value(rest[1])
        return self.value(rest[2]) if len(rest) > 2 else NIL

    def _cond(self, rest: list[Any]) -> Any:
        for test, *forms in rest:
            if true(self.value(test)):
                return [self.value(f) for f in forms][-1]
        return NIL

    def _progn(self, rest: list[Any]) -> Any:
        return [self.value(f) for f in rest][-1]

    def _and(self, rest: list[Any]) -> Any:
        return all(true(self.value(f)) for f in rest) or NIL

    def _or(self, rest: list[Any]) -> Any:
        return any(true(self.value(f)) for f in rest) or NIL

    def _quote(self, rest: list[Any]) -> Any:
        return rest[0]

    def _foreach(self, rest: list[Any]) -> Any:
        name, many, *body = rest
        for one in self.value(many):
            self.values[name] = one
            for form in body:
                self.value(form)
        return NIL

    def builtin(self, name: str) -> Callable[..., Any]:
        table: dict[str, Callable[..., Any]] = {
            "strcat": lambda *texts: "".join(texts),
            "list": lambda *values: list(values),
            "itoa": str,
            "=": lambda a, b: a == b or NIL,
            "/=": lambda a, b: a != b or NIL,
            "<": lambda a, b: a < b or NIL,
            ">": lambda a, b: a > b or NIL,
            "null": lambda a: not true(a) or NIL,
            "member": lambda a, many: a in many or NIL,
            "strcase": lambda text, down=NIL: text.lower() if true(down) else text.upper(),
            "princ": lambda text="": self.said.append(text) or text,
            "getenv": lambda n: self.answers.get(f"env {n}", NIL),
            "getvar": lambda n: self.answers[f"var {n}"],
            "getfiled": lambda title, *_: self.answers.get(title, NIL),
            "getint": lambda *_: self.answers.get("count", NIL),
            "startapp": lambda *values: self.commands.append(("startapp", *values)) or NIL,
            "command": lambda *values: self.commands.append(values) or NIL,
            "vl-load-com": lambda: NIL,
            "vl-string-translate": lambda old, new, text: text.translate(str.maketrans(old, new)),
            "vl-filename-directory": lambda f: str(PureWindowsPath(f).parent),
            "vl-filename-base": lambda f: PureWindowsPath(f).stem,
            "vl-filename-extension": lambda f: PureWindowsPath(f).suffix,
            "vlax-create-object": lambda n: n,
            "vlax-release-object": lambda n: NIL,
            "vl-catch-all-apply": lambda function, values: self._run(*values),
            "vl-catch-all-error-p": lambda value: isinstance(value, Exception) or NIL,
        }
        return table[name]

    def _run(self, shell: str, method: str, line: str, window: int, wait: bool) -> Any:
        assert (shell, method, window, wait) == ("WScript.Shell", "run", 0, True)
        self.lines.append(line)
        return self.code(line) if callable(self.code) else self.code


SPECIAL = {"defun", "setq", "if", "cond", "progn", "and", "or", "quote", "foreach"}


def true(value: Any) -> bool:
    return not (value == NIL and isinstance(value, list)) and value is not False
