def migrate(cr, version):
    """Gate passes have moved to stock_gate_pass, whose hook has renamed them; the store has rules of its own there."""
    cr.execute("""
        DELETE FROM rule_group_rel
        WHERE rule_group_id IN (
            SELECT res_id FROM ir_model_data WHERE module = 'quality_inspection'
            AND name IN ('quality_gate_pass_rule_quality', 'quality_gate_pass_line_rule_quality'))
        AND group_id = (SELECT res_id FROM ir_model_data WHERE module = 'stock' AND name = 'group_stock_user')""")
