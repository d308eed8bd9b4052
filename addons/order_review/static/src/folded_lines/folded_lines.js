import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Readonly text of several lines in one line: how many, and as much of them as fits; a click shows all. */
export class FoldedLines extends Component {
    static template = "order_review.FoldedLines";
    static props = { ...standardFieldProps, canUnfold: { type: Boolean, optional: true } };

    setup() {
        this.state = useState({ open: false });
    }

    get lines() {
        return (this.props.record.data[this.props.name] || "").split("\n").filter((line) => line.trim());
    }

    get summary() {
        return this.lines.join(_t(", "));
    }

    toggle() {
        this.state.open = !this.state.open;
    }
}

export const foldedLines = {
    component: FoldedLines,
    displayName: _t("List of lines, folded"),
    supportedTypes: ["text"],
    extractProps: ({ viewType }) => ({ canUnfold: viewType === "form" }),
};

registry.category("fields").add("folded_lines", foldedLines);
