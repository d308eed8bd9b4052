def migrate(cr, version):
    """Every inspection names the one that its goods began with: parts split off too, not only re-inspections."""
    cr.execute("""
        WITH RECURSIVE line(id, root_id) AS (
            SELECT id, id FROM quality_inspection WHERE parent_id IS NULL AND split_from_id IS NULL
             UNION ALL
            SELECT later.id, line.root_id
              FROM quality_inspection later
              JOIN line ON line.id = COALESCE(later.parent_id, later.split_from_id))
        UPDATE quality_inspection later SET root_id = line.root_id
          FROM line
         WHERE line.id = later.id AND line.id != line.root_id AND later.root_id IS DISTINCT FROM line.root_id""")
