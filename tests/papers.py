"""Reading printed documents back."""

from io import BytesIO

from pypdf import PdfReader


def pages_of(document: bytes) -> list[str]:
    """The text of each page without white space, which only says how the words are set."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(document)).pages]


def faces_of(document: bytes) -> set[str]:
    """Names of the faces used, without the marks of their subsets."""
    fonts = (page["/Resources"]["/Font"].values() for page in PdfReader(BytesIO(document)).pages)
    return {font.get_object()["/BaseFont"].split("+")[-1] for of_page in fonts for font in of_page}
