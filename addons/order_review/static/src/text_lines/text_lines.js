import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Readonly text of several lines, shown as a list. */
export class TextLines extends Component {
    static template = "order_review.TextLines";
    static props = { ...standardFieldProps };

    get lines() {
        return (this.props.record.data[this.props.name] || "").split("\n").filter((line) => line.trim());
    }
}

export const textLines = {
    component: TextLines,
    displayName: _t("List of lines"),
    supportedTypes: ["text"],
};

registry.category("fields").add("text_lines", textLines);
