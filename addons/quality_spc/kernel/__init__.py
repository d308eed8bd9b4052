"""Kernel of control charts, in plain Python, without a database. It refuses as the sampling kernel does.

- ``control_chart``: X-bar and R, single values, p; Cp, Cpk, Pp, Ppk
- ``run_rules`` with their sources
- ``control_constants`` derived from the normal distribution
"""
