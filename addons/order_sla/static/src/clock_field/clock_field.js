import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { ClockBadge } from "../clock_badge/clock_badge";

/**
 * Clocks of a record: the most urgent one, or all of them with
 * `options="{'all': True}"`. For the Json field `sla_clocks` of `sla.mixin`
 * (a list, most urgent first) and `payload` of `sla.clock` (one).
 */
export class ClockField extends Component {
    static template = "order_sla.ClockField";
    static components = { ClockBadge };
    static props = {
        ...standardFieldProps,
        all: { type: Boolean, optional: true },
    };

    get clocks() {
        const value = this.props.record.data[this.props.name];
        if (!value) {
            return [];
        }
        return Array.isArray(value) ? value : [value];
    }
}

export const clockField = {
    component: ClockField,
    displayName: _t("Clock"),
    supportedTypes: ["json"],
    supportedOptions: [
        {
            label: _t("Show all clocks"),
            name: "all",
            type: "boolean",
            help: _t("Show every open clock of the record instead of the most urgent one."),
        },
    ],
    listViewWidth: [150, 240],
    isEmpty: (record, fieldName) => {
        const value = record.data[fieldName];
        return !value || value.length === 0;
    },
    extractProps: ({ options }) => ({ all: Boolean(options.all) }),
};

registry.category("fields").add("sla_clock", clockField);
