import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Whole seconds as hours and minutes: 12,000 is "3:20". */
export function formatSeconds(value) {
    if (value === false || value === null || value === undefined) {
        return "";
    }
    const minutes = Math.floor(Math.abs(value) / 60);
    const sign = value < 0 && minutes ? "-" : "";
    return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

export class DurationField extends Component {
    static template = "order_sla.DurationField";
    static props = { ...standardFieldProps };

    get formattedValue() {
        return formatSeconds(this.props.record.data[this.props.name]);
    }
}

export const durationField = {
    component: DurationField,
    displayName: _t("Duration in hours and minutes"),
    supportedTypes: ["integer", "float"],
};

registry.category("fields").add("sla_duration", durationField);
registry.category("formatters").add("sla_duration", formatSeconds);
