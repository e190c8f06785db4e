"""How large a board's text must be: from the screen's size and the farthest seat. Text is never shrunk to fit more."""

from dataclasses import dataclass
from math import radians, sqrt, tan

from django.http import QueryDict

#: Angles at the eye, in minutes of arc: the least for any text, and for the number that is called.
LEAST, KEY = 22, 42
#: Of a 16:9 screen: its width for each inch of its diagonal, its height in hundredths of its width.
WIDTH_OF_DIAGONAL, HEIGHT = 16 / sqrt(16**2 + 9**2), 56.25
INCHES, METRES = (55, 20, 200), (8.0, 2.0, 20.0)
#: A call fits into a row up to this size, in hundredths of the width.
WIDEST_KEY = 11.0
#: Lines of small text (head, waiting, foot) with their space, and a row's height: both times the size of the text.
SMALL_LINES, ROW = 4.05, 1.2


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes in hundredths of the screen's width (CSS vw)."""

    inches: int
    metres: float
    key: float
    small: float
    rows: int

    @property
    def fits(self) -> bool:
        """Whether the screen is large enough for the farthest seat."""
        return self.key <= WIDEST_KEY and self.rows >= 1


def layout_of(query: QueryDict) -> Layout:
    """From `inches` and `metres` in the address; what is absent or absurd becomes 55 inches, 8 metres."""
    return layout(int(_number(query.get("inches"), *INCHES)), _number(query.get("metres"), *METRES))


def layout(inches: int, metres: float) -> Layout:
    """The sizes for a 16:9 screen of so many inches whose farthest reader sits so many metres away."""
    width = inches * 25.4 * WIDTH_OF_DIAGONAL

    def size(minutes: int) -> float:
        return 100 * metres * 1000 * tan(radians(minutes / 60)) / width

    key, small = size(KEY), size(LEAST)
    return Layout(
        inches, metres, round(key, 2), round(small, 2), int((HEIGHT - SMALL_LINES * small) / (ROW * key))
    )


def _number(text: str | None, usual: float, least: float, most: float) -> float:
    try:
        value = float(text or usual)
    except ValueError:
        return usual
    return value if least <= value <= most else usual
