"""What counts as a signature."""
import base64
import binascii
import io

from PIL import Image, UnidentifiedImageError


def is_drawn(picture):
    """Whether something is drawn on a picture (base64); an empty sheet is none, nor is what is no picture."""
    try:
        image = Image.open(io.BytesIO(base64.b64decode(picture or b"", validate=True))).convert("RGBA")
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError):
        return False
    return image.getcolors(1) is None
