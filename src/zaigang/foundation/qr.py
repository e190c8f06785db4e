"""QR codes, drawn as SVG: sharp on paper and on screens, and text, so that no file is needed."""

from io import BytesIO

import segno


def qr_svg(text: str) -> str:
    """One `<svg>` element with its quiet zone, black on white, without a size of its own.

    It serves inline, in a `data:` address and in PDF templates. A sixth of it may be soiled and it still reads.
    Raises ValueError for a text too long for a code (about 2,300 bytes).
    """
    drawn = BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(drawn, kind="svg", xmldecl=False, nl=False, omitsize=True, light="white")
    return drawn.getvalue().decode()
