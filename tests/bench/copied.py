"""Many rows quickly: how they come about is not what is measured."""


def copy_rows(cr, table, id_, number, **values):
    """A row over and over, with other values for some columns (SQL of ``n``, from 1 on).

    :return: ids of the new rows
    """
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name != 'id'", [table])
    columns = [name for name, in cr.fetchall()]
    cr.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT "  # noqa: S608
               f"{', '.join(values.get(name, name) for name in columns)} FROM {table}, generate_series(1, %s) n "
               "WHERE id = %s RETURNING id", [number, id_])
    return [row[0] for row in cr.fetchall()]
