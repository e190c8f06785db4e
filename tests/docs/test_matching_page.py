"""docs/matching.md tells enough to recompute the bound: its own program does, and its picture adds up."""

import json
import re
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from zaigang.cli.match import match

DOCS = Path(__file__).resolve().parents[2] / "docs"
#: The market of the picture.
EDGES = "worker,option,value\nA,welder,5\nA,electrician,3\nB,welder,4\nC,welder,1\n"
OPTIONS = "option,capacity\nwelder,1\nelectrician,1\n"


def recomputed(folder: Path) -> tuple[int, float]:
    """The plan's value and the bound, by the program that the page prints."""
    page = (DOCS / "matching.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    files = [str(folder / f"{name}.csv") for name in ("edges", "options", "plan", "prices")]
    done = subprocess.run([sys.executable, "-c", program, *files], check=True, capture_output=True, text=True)
    value, bound = done.stdout.split()
    return int(value), float(bound)


def test_the_program_of_the_page_finds_what_the_command_printed(tmp_path: Path) -> None:
    (tmp_path / "edges.csv").write_text(EDGES, encoding="utf-8")
    (tmp_path / "options.csv").write_text(OPTIONS, encoding="utf-8")
    named = [f"--{name}={tmp_path / name}.csv" for name in ("edges", "options", "prices")]
    result = CliRunner().invoke(match, ["solve", *named, f"--out={tmp_path / 'plan.csv'}", "--json"])
    answer = json.loads(result.stdout)
    assert answer["objective"] == 7
    assert recomputed(tmp_path) == (answer["objective"], answer["bound"])


def test_the_picture_adds_up(tmp_path: Path) -> None:
    """Prices and plan of the third part of the picture, written by hand."""
    texts = {
        "edges": EDGES,
        "options": OPTIONS,
        "plan": "worker,option,value\nA,electrician,3\nB,welder,4\n",
        "prices": "option,price\nwelder,2\nelectrician,0\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert recomputed(tmp_path) == (7, 7.0)
    picture = (DOCS / "images" / "matching.svg").read_text(encoding="utf-8")
    assert "price 5 → 2" in picture and "price 3 → 0" in picture
