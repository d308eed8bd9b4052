"""A page of its own on a device, small and opened without network: what it needs of the server besides its bundle."""
import json

from odoo.http import request
from odoo.tools import file_open
from odoo.tools.json import scriptsafe

from .device_user import remember_user

WORKER = "web_outbox/static/worker/page_worker.js"


def render_page(template, addons, **more):
    """The page of the user: ``template`` with ``facts`` (whose it is, his words and language), kept by its worker only.

    :param addons: those whose words its bundle speaks
    :param more: further facts that JSON can say
    """
    lang = request.env.lang or "en_US"
    words, _lang = request.env["ir.http"]._get_translations_for_webclient(addons, lang)
    facts = {
        "user": request.env.uid, "name": request.env.user.name, "lang": lang.replace("_", "-"),
        "words": {addon: {row["id"]: row["string"] for row in found["messages"]} for addon, found in words.items()},
        **more}
    response = request.render(template, {"facts": scriptsafe.dumps(facts)})
    response.headers["Cache-Control"] = "no-store"  # the worker keeps it, and knows when
    remember_user(response, request.env.uid)
    return response


def make_worker(page):
    """The service worker of a page, of this one only: Odoo's own stays as it is.

    :param page: its path, as ``/visits``
    """
    with file_open(WORKER) as file:
        return request.make_response(f"self.PAGE = {json.dumps(page)};\n{file.read()}", [
            ("Content-Type", "text/javascript"), ("Service-Worker-Allowed", page), ("Cache-Control", "no-cache")])
