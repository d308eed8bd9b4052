"""Odoo's process as a file: to start itself again (a time or memory limit, SIGHUP) Odoo runs the path of its script.

That of ``python -m odoo`` is none, in Odoo 19.0: the server would be gone.
"""
import sys

if __name__ == "__main__":
    del sys.path[0]  # this folder: its modules are not Odoo's business
    from odoo.cli.command import main
    main()
