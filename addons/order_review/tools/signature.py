"""Looks at a signature that somebody drew: no Odoo here, only the picture."""
import base64
import binascii
import io

from PIL import Image

MAX_PIXELS = 20_000_000


def find_fault(data):
    """What is wrong with a drawn signature.

    :param data: the picture in base64, as the signature pad sends it
    :return: ``missing``, ``unreadable`` (no picture), ``blank`` (nothing drawn on it), or None
    """
    if not data:
        return "missing"
    try:
        with Image.open(io.BytesIO(base64.b64decode(data, validate=True))) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return "unreadable"
            drawn = picture.convert("RGBA")
    except (ValueError, TypeError, binascii.Error, OSError, SyntaxError, Image.DecompressionBombError):
        return "unreadable"
    paper = Image.new("RGBA", drawn.size, "white")
    shades = Image.alpha_composite(paper, drawn).convert("RGB").getextrema()
    return "blank" if all(low == high for low, high in shades) else None
