"""The revision that follows another one."""
import re


def next_revision(text):
    """A → B, Z → AA, V1.9 → V1.10, 09 → 10; what ends in neither letter nor digit gets a 2."""
    text = (text or "").strip()
    if found := re.search(r"\d+$", text):
        number = found.group()
        return text[:found.start()] + str(int(number) + 1).zfill(len(number))
    if found := re.search(r"[A-Za-z]+$", text):
        return text[:found.start()] + _next_letters(found.group())
    return f"{text}2"


def _next_letters(letters):
    head, last = letters[:-1], letters[-1]
    if last not in "zZ":
        return head + chr(ord(last) + 1)
    first = "a" if last == "z" else "A"
    return (_next_letters(head) if head else first) + first
