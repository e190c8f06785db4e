"""PDF documents from typst templates. The same data give the same bytes, on any machine.

The faces come from Python packages, never from the system: Noto Sans CJK, and those that typst carries for signs such
as ☑. Nothing is written to a disk, and templates fetch nothing from a network.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from zaigang.foundation.errors import ZaigangError

#: For how many documents typst remembers what it set.
REMEMBERED = 10


class CannotPrint(ZaigangError):
    """A document could not be made."""


def compile_pdf(template: Path, data: Mapping[str, Any], *, made_at: datetime, tagged: bool = True) -> bytes:
    """The document of `template`, which reads `data` with `json(bytes(sys.inputs.data))`.

    `data` holds what JSON knows and nothing else. `made_at` is the document's own date. `tagged` documents can be read
    aloud, and are larger. Templates import only what lies in their folder. Raises CannotPrint; typst's own words are
    dropped, for they may quote the data.
    """
    # A compiler is cheap and keeps its last input: each document has its own.
    compiler = typst.Compiler(root=template.parent, font_paths=_faces(), ignore_system_fonts=True)
    given = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    try:
        made = compiler.compile(
            input=template,
            format="pdf",
            sys_inputs=given,
            timestamp=int(made_at.timestamp()),
            pdf_tags=tagged,
        )
    except typst.TypstError as error:
        where = _place(error) or template.name
        raise CannotPrint(_("文件没有生成"), where, _("请告诉系统管理员，先用手写表办理")) from None
    finally:
        _forget(template.parent)
    assert isinstance(made, bytes)
    return made


def _place(error: typst.TypstError) -> str:
    """File and line of a template, such as one_stop.typ:12: all of the diagnostic that holds no data."""
    found = re.search(r"[a-z_]+\.typ:\d+", error.diagnostic)
    return found[0] if found else ""


def _forget(root: Path) -> None:
    """Set nothing, so often that typst drops what it remembers of real documents.

    It then holds no person's data, and the process stays at a third of its size (100 instead of 300 MB); takes 5 ms.
    """
    empty = typst.Compiler(root=root, font_paths=_faces(), ignore_system_fonts=True)
    for _turn in range(REMEMBERED + 1):
        empty.compile(input=b" ", format="pdf", timestamp=0)


@cache
def _faces() -> typst.Fonts:
    """Once in a process: the list of faces; each is read when it is first used."""
    folder = Path(str(files("manimgx_fonts_cjk")))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
