"""Plugin of pylint: asks what a call is only where its name may be that of a function that never returns.

For `unreachable`, pylint infers every function that is called, half of its time, and finds `sys.exit` and those
annotated with `NoReturn` or `Never`.
"""
import os
import re
from pathlib import Path

from pylint.checkers import utils

#: Names of what pylint knows to end a program or a test, and of its like in the libraries.
ENDING = {"exit", "quit", "_exit", "abort", "fail", "skip", "skipTest", "xfail", "importorskip", "error", "_raise"}
#: A function that says so itself.
ANNOTATED = re.compile(r"\bdef\s+(\w+)(?:(?!\bdef\b).)*?->\s*['\"]?(?:\w+\.)*(?:NoReturn|Never)\b", re.DOTALL)


def register(linter):
    """Let pylint look at the name first."""
    is_terminating = utils.is_terminating_func
    names = ENDING | {name for file in Path(os.environ["ADDONS_PATH"]).rglob("*.py")
                      for name in _annotated(file.read_text(encoding="utf-8"))}

    def is_terminating_by_name(node):
        name = getattr(node.func, "attrname", None) or getattr(node.func, "name", None)
        return name in names and is_terminating(node)

    utils.is_terminating_func = is_terminating_by_name


def _annotated(text):
    return ANNOTATED.findall(text) if "NoReturn" in text or "Never" in text else ()
