import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ICONS = { ok: "fa-check", not_ok: "fa-times", na: "fa-minus" };

/** The answer to one criterion in one click: fulfilled, not fulfilled, does not apply. */
export class ReviewCheck extends Component {
    static template = "order_review.ReviewCheck";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get choices() {
        const { selection } = this.props.record.fields[this.props.name];
        return selection.map(([value, label]) => ({ value, label, icon: ICONS[value] }));
    }

    get answer() {
        return this.choices.find((choice) => choice.value === this.value);
    }

    choose(value) {
        const answer = value === this.value ? false : value;
        return this.props.record.update({ [this.props.name]: answer });
    }
}

export const reviewCheck = {
    component: ReviewCheck,
    displayName: _t("Answer to a criterion"),
    supportedTypes: ["selection"],
    isEmpty: () => false,
    // In a list or kanban of a form no row need be in edition: one click answers.
    extractProps: (fieldInfo, dynamicInfo) => ({ readonly: dynamicInfo.readonly }),
};

registry.category("fields").add("review_check", reviewCheck);
