"""Reads spoilt tables, P&IDs and flowsheets of plants by the thousand, and lists of a million rows.

    python benchmarks/spoilt_plants.py --count 6000

Counts briefs that were read, clear refusals, and harm: a crash, or more than ten CPU seconds for one input.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from record import ROOT, write_record

sys.path += [str(ROOT), str(ROOT / "tests")]

from plant_spoiling import FLOWSHEET, SHEET, TABLES, reader_of, write_good

from layoutgan.errors import InputError

LONGEST = 10.0
"""Most CPU seconds for one input."""
MILLION = 1_000_000
GOOD = {**{name: table.encode() for name, table in TABLES.items()}, "input.xml": SHEET.encode(),
        "input.txt": FLOWSHEET.encode()}  # fmt: skip
PIECES = (b",", b";", b'"', b"\n", b"\0", b"\xff", b"-", b"=", b"9" * 40, b"1e999", b"NaN", b"(", b"[", b"<",
          b"&", b"<1", b"]]>", b"<!DOCTYPE a>", b"\xef\xbb\xbf", "\u00fc\u6f22".encode())  # fmt: skip


def damaged(content: bytes, draw: random.Random) -> bytes:
    """Content with one to three pieces changed, taken out, put in, doubled, or the rest cut off."""
    made = bytearray(content)
    for _ in range(draw.randint(1, 3)):
        place = draw.randrange(len(made) + 1)
        match draw.randrange(6):
            case 0:
                made[place:place + 1] = bytes([draw.randrange(256)])
            case 1:
                del made[place:place + draw.randint(1, 40)]
            case 2:
                made[place:place] = draw.choice(PIECES)
            case 3:
                made[place:place] = made[place:place + draw.randint(1, 200)]
            case 4:
                other = draw.randrange(len(made) + 1)
                made[place:place + 8], made[other:other + 8] = made[other:other + 8], made[place:place + 8]
            case _ if draw.random() < 0.1:
                del made[place:]
    return bytes(made)


def outcome(read: Callable[[], object]) -> tuple[str, float]:
    """read, refused or harm, and CPU seconds."""
    start = time.process_time()
    try:
        read()
        word = "read"
    except InputError as error:
        word = "refused" if "\n" not in str(error) and len(str(error)) < 900 else "harm"
    except Exception as error:
        print(f"{type(error).__name__}: {str(error)[:200]}", file=sys.stderr)
        word = "harm"
    taken = time.process_time() - start
    return (word if taken < LONGEST else "harm"), taken


def millions() -> Iterator[tuple[str, str, bytes]]:
    """Name, file and content of inputs with a million rows, elements or units."""
    for file, table in TABLES.items():
        head = table.split("\n", 1)[0]
        rest = "," * (head.count(",") - 2)
        rows = "".join([f"X{i},pump,{rest}\n" for i in range(MILLION)])
        yield f"{file}, 10^6 rows", file, f"{head}\n{rows}".encode()
    head, body = SHEET.split("\n", 1)
    empty = "".join([f'<Equipment ID="i{i}"/>' for i in range(MILLION)])
    yield "P&ID, 10^6 items", "input.xml", body.replace("<PipingNet", empty + "<PipingNet", 1).encode()
    inner = "".join([f'<PipingComponent ID="c{i}"/>' for i in range(MILLION // 2)])
    longer = body.replace("<PipingComp", inner + "<PipingComp", 1)
    yield "P&ID, 5 x 10^5 components", "input.xml", longer.encode()
    yield "flowsheet, 10^6 units", "input.txt", b"(pp)" * MILLION


def main() -> int:
    """Prints a line per input and keeps the figures; 1 when anything did harm."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--count", type=int, default=6000)
    count = given.parse_args().count
    figures: dict[str, object] = {}
    harmful = 0
    for name, content in GOOD.items():
        codes: Counter[str] = Counter()
        longest = 0.0
        with tempfile.TemporaryDirectory() as text:
            folder = Path(text)
            write_good(folder)
            for seed in range(count // len(GOOD)):
                (folder / name).write_bytes(damaged(content, random.Random(f"{name} {seed}")))
                word, taken = outcome(reader_of(name, folder))
                codes[word] += 1
                longest = max(longest, taken)
        harmful += codes["harm"]
        figures[name] = {**codes, "longest_seconds": round(longest, 2)}
        print(f"{name}: {dict(codes)}, longest {longest:.2f} s", flush=True)
    for name, file, content in millions():
        with tempfile.TemporaryDirectory() as text:
            folder = Path(text)
            write_good(folder)
            (folder / file).write_bytes(content)
            word, taken = outcome(reader_of(file, folder))
        harmful += word != "refused"
        figures[name] = {word: 1, "seconds": round(taken, 2), "megabytes": round(len(content) / 1e6)}
        print(f"{name}: {word} after {taken:.2f} s", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    figures |= {"memory_mb": round(memory), "harm": harmful}
    print(f"memory {memory:.0f} MB, harm {harmful}")
    write_record(ROOT / "benchmarks" / "results" / "spoilt_plants.json", figures)
    return int(harmful > 0)


if __name__ == "__main__":
    sys.exit(main())
