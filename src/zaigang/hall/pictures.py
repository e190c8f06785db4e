"""Pictures that pages hold as `data:` addresses, which the content policy allows."""

from base64 import b64encode

from zaigang.foundation.qr import qr_svg


def qr_image(text: str) -> str:
    """The QR code of a text as the address of an image."""
    return f"data:image/svg+xml;base64,{b64encode(qr_svg(text).encode()).decode()}"
