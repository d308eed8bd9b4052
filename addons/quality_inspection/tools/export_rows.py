"""Cells of an export that must be empty rather than the number 0."""


def export_rows(records, export, fields, is_empty):
    """Rows of an export, some of their cells emptied.

    :param export: function that gives the rows of records, as ``_export_rows``: the first one of a record has its own
        fields, further ones what is below
    :param fields: paths of the columns, as lists of names
    :param is_empty: function of a record and the name of its field
    """
    own = [(column, path[0]) for column, path in enumerate(fields) if len(path) == 1]
    below = any(len(path) > 1 and records._fields[path[0]].type in ("one2many", "many2many") for path in fields)
    parts = ((record, export(record)) for record in records) if below else (
        (record, [row]) for record, row in zip(records, export(records), strict=True))
    rows = []
    for record, mine in parts:
        for column, name in own:
            if is_empty(record, name):
                mine[0][column] = ""
        rows += mine
    return rows
