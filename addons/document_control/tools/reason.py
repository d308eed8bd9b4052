"""What counts as a reason."""
import re

IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
WEIGHT = 4  # letters; an ideograph says as much as two


def is_reason(text):
    """Whether a text says something: four letters or two ideographs, not one sign over and over."""
    letters = [sign for sign in text or "" if sign.isalpha()]
    weight = sum(2 if IDEOGRAPH.match(sign) else 1 for sign in letters)
    return weight >= WEIGHT and len({sign.casefold() for sign in letters}) > 1
