"""A spreadsheet as Odoo's dashboards load it, made of blocks: a table beside a chart. Plain Python."""
from typing import NamedTuple

#: Version of the format that is written; Odoo brings it to its own when it loads it.
VERSION = "18.5.10"
PERIOD = "indicator_period"
#: Rows of a block, with its title; how many of a table are shown.
HEIGHT, SHOWN = 18, 12
#: Widths of columns in pixels: of what is counted, and of amounts up to ten millions.
COLUMNS = {"0": {"size": 220}, "1": {"size": 112}, "2": {"size": 112}}
TITLE, NOTE = 1, 2


class Block(NamedTuple):
    """What is shown of a model.

    ``rows`` and ``columns`` are fields, ``field:month`` for a date; ``measures`` pairs of a field (``__count`` for the
    number) and its label; ``date`` is the field of the period (none: as of now).
    """

    title: str
    model: str
    domain: list
    rows: list
    measures: list
    columns: tuple = ()
    date: str | None = None
    chart: str = "bar"
    note: str | None = None

    def get_paths(self):
        """Paths of the fields that the block reads."""
        paths = [*self.rows, *self.columns, *(name for name, _label in self.measures), *(
            leaf[0] for leaf in self.domain if not isinstance(leaf, str)), *([self.date] if self.date else [])]
        return {path.partition(":")[0] for path in paths} - {"__count", "id"}

    def get_fields(self):
        """Names of the fields of its model that the block reads."""
        return {path.partition(".")[0] for path in self.get_paths()}


def _dimension(path):
    name, _colon, granularity = path.partition(":")
    return {"fieldName": name, **({"granularity": granularity, "order": "asc"} if granularity else {})}


def _matching(block, types):
    return {PERIOD: {"chain": block.date, "type": types[block.date], "offset": 0} if block.date else {}}


def _pivot(number, block, types):
    measures = [
        {"id": name, "fieldName": name.partition(":")[0], "userDefinedName": label,
         **({"aggregator": name.partition(":")[2]} if ":" in name else {})} for name, label in block.measures]
    by_size = None if ":" in block.rows[0] or block.columns else {
        "measure": measures[0]["id"], "order": "desc", "domain": []}
    return {
        "type": "ODOO", "id": str(number), "formulaId": str(number), "name": block.title, "model": block.model,
        "domain": block.domain, "context": {}, "measures": measures, "rows": [_dimension(path) for path in block.rows],
        "columns": [_dimension(path) for path in block.columns], "sortedColumn": by_size,
        "fieldMatching": _matching(block, types)}


def _chart(number, block, types, row):
    groups = [*block.rows, *block.columns]
    measure = block.measures[0][0].partition(":")[0]
    return {
        "id": f"chart-{number}", "width": 490, "height": 350, "tag": "chart", "col": 6, "row": row,
        "offset": {"x": 0, "y": 0}, "data": {
            "chartId": f"chart-{number}", "type": f"odoo_{block.chart}", "title": {"text": block.title},
            "background": "#FFFFFF", "legendPosition": "top" if block.columns or block.chart == "pie" else "none",
            "metaData": {"groupBy": groups, "measure": measure, "order": None, "resModel": block.model,
                         "mode": block.chart, "cumulatedStart": False},
            "searchParams": {"comparison": None, "context": {}, "domain": block.domain, "groupBy": groups,
                             "orderBy": []},
            "dataSets": [{}], "verticalAxisPosition": "left", "stacked": bool(block.columns), "cumulatedStart": False,
            "fieldMatching": _matching(block, types)}}


def build(name, blocks, types, period):
    """The spreadsheet.

    :param blocks: list of Block; those with a ``note`` have neither table nor chart
    :param types: for each block ``{its date field: date or datetime}``
    :param period: label of the filter
    """
    cells, styles, figures, pivots = {}, {}, [], {}
    for place, (block, kinds) in enumerate(zip(blocks, types, strict=True)):
        row, number = place * HEIGHT, place + 1
        cells[f"A{row + 1}"], styles[f"A{row + 1}"] = block.title, TITLE
        if block.note:
            cells[f"A{row + 2}"], styles[f"A{row + 2}"] = block.note, NOTE
            continue
        cells[f"A{row + 2}"] = f"=PIVOT({number},{SHOWN})"
        pivots[str(number)] = _pivot(number, block, kinds)
        figures.append(_chart(number, block, kinds, row))
    sheet = {
        "id": "sheet1", "name": name, "colNumber": 14, "rowNumber": max(len(blocks), 1) * HEIGHT, "cells": cells,
        "styles": styles, "formats": {}, "borders": {}, "rows": {}, "cols": COLUMNS, "merges": [],
        "conditionalFormats": [], "dataValidationRules": [], "figures": figures, "tables": [],
        "areGridLinesVisible": False, "isVisible": True, "headerGroups": {"ROW": [], "COL": []}, "comments": {}}
    return {
        "version": VERSION, "sheets": [sheet], "revisionId": "START_REVISION", "uniqueFigureIds": True, "settings": {},
        "styles": {str(TITLE): {"bold": True, "fontSize": 14, "textColor": "#2f5d8a"},
                   str(NOTE): {"italic": True, "textColor": "#666666"}},
        "formats": {}, "borders": {}, "pivots": pivots, "pivotNextId": len(blocks) + 1, "lists": {}, "listNextId": 1,
        "customTableStyles": {}, "chartOdooMenusReferences": {}, "globalFilters": [
            {"id": PERIOD, "type": "date", "label": period, "defaultValue": "last_12_months"}]}
