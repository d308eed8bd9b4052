import { Component } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LOOKS = {
    pending: { icon: "fa-hourglass-half", label: _t("Waiting") },
    agree: { icon: "fa-check", label: _t("Agreed") },
    conditional: { icon: "fa-exclamation", label: _t("Agreed with conditions") },
    disagree: { icon: "fa-times", label: _t("Against") },
};

/**
 * One chip per department of a review round: who waits, who agreed, who is late.
 * A click opens that department's opinion in a dialog.
 */
export class ReviewChips extends Component {
    static template = "order_review.ReviewChips";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get chips() {
        return (this.props.record.data[this.props.name] || []).map((chip) => {
            const look = LOOKS[chip.state] || LOOKS.pending;
            return {
                ...chip,
                icon: chip.late ? "fa-clock-o" : look.icon,
                title: this.getTitle(chip, look.label),
            };
        });
    }

    getTitle(chip, label) {
        const rows = [`${chip.department}: ${label}`];
        if (chip.late) {
            rows.push(_t("Late"));
        }
        if (chip.user) {
            rows.push(_t("Reviewer: %(name)s", { name: chip.user }));
        }
        if (chip.deadline) {
            const moment = formatDateTime(deserializeDateTime(chip.deadline.replace("T", " ")));
            rows.push(_t("Due: %(moment)s", { moment }));
        }
        return rows.join("\n");
    }

    openOpinion(chip) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: chip.department,
                res_model: "order.review.line",
                res_id: chip.line_id,
                views: [[false, "form"]],
                target: "new",
                context: { form_view_ref: "order_review.order_review_line_view_form_dialog" },
            },
            { onClose: () => this.props.record.model.load() }
        );
    }
}

export const reviewChips = {
    component: ReviewChips,
    displayName: _t("Department chips"),
    supportedTypes: ["json"],
    isEmpty: (record, fieldName) => !record.data[fieldName]?.length,
};

registry.category("fields").add("review_chips", reviewChips);
