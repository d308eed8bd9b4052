import { Component, useState } from "@odoo/owl";

import { useService } from "@web/core/utils/hooks";

/** A component of the product with its own components below, folded from the second level on. */
export class PassportTree extends Component {
    static template = "quality_production.PassportTree";
    static components = { PassportTree };
    static props = { nodes: Array, level: { type: Number, optional: true }, date: Function, openLot: Function };
    static defaultProps = { level: 0 };

    setup() {
        this.action = useService("action");
        this.state = useState({ open: {} });
    }

    isOpen(index) {
        return this.state.open[index] ?? this.props.level === 0;
    }

    toggle(index) {
        this.state.open[index] = !this.isOpen(index);
    }

    openInspection(inspection) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "quality.inspection",
            res_id: inspection.id,
            views: [[false, "form"]],
        });
    }
}
