"""Lines of many documents, read at once."""


def fetch_lines(records, name, fields=None):
    """The lines in a one2many field of some records, with their fields: one query, where Odoo takes one for their ids
    and one for the rest.

    :param records: whose lines; what is in the cache already stays there
    :param name: a one2many field with a stored inverse, without a domain
    :param fields: what is read of the lines; all that Odoo reads at once by default
    :return: the lines, in their order
    """
    field = records._fields[name]
    lines = records.env[field.comodel_name]
    if not records:
        return lines
    lines = lines.search_fetch([(field.inverse_name, "in", records.ids)], fields)
    mine = lines.grouped(field.inverse_name)
    field._insert_cache(records, [mine.get(record, lines.browse())._ids for record in records])
    return lines
