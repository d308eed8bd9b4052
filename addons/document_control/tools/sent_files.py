"""Files that people send by a page without login."""
from pathlib import PurePath

from odoo.tools.mimetypes import guess_mimetype

#: What may be sent, by its content; the ending of the name is made to fit.
FILES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
LONGEST_NAME = 100


def clean_name(name, content=b""):
    """The name of a file without folders, with the ending that fits its content."""
    name = PurePath((name or "").replace("\\", "/")).name[-LONGEST_NAME:] or "file"
    ending = FILES.get(guess_mimetype(content), "") if content else ""
    return name if name.lower().endswith((ending, ".jpeg")) else f"{name}{ending}"


def get_file_problem(env, name, content, size, room, most):
    """Why a file is not taken, in words; empty where it is.

    :param size: MB that a file may have
    :param room: how many more files there is room for, of ``most``
    """
    if not content:
        return env._("%(name)s is empty.", name=name)
    if len(content) > size * 2 ** 20:
        return env._(
            "%(name)s has %(size)s MB; at most %(most)s MB are taken. Send it smaller, or by mail.",
            name=name, size=round(len(content) / 2 ** 20, 1), most=size)
    if guess_mimetype(content) not in FILES:
        return env._("%(name)s: send a PDF or a picture (JPG, PNG).", name=name)
    if room <= 0:
        return env._("%(name)s: there are %(most)s files already.", name=name, most=most)
    return ""


def take_files(record, own, files, size, most):
    """Keep what was sent with a record; each file is judged for itself, the same one once.

    :param own: ir.attachment that are there, with the rights to add to them
    :param files: list of pairs (name, content)
    :param size: MB that a file may have
    :param most: how many files there may be
    :return: (all attachments now, list of refusals in words)
    """
    refused = []
    for name, content in files:
        name, checksum = clean_name(name, content), own._compute_checksum(content)
        problem = get_file_problem(record.env, name, content, size, most - len(own), most)
        if problem:
            refused.append(problem)
        elif checksum not in own.mapped("checksum"):
            own |= own.create({"name": name, "raw": content, "res_model": record._name, "res_id": record.id})
    return own, refused
