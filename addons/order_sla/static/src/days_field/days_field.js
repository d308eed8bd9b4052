import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { capitalize } from "@web/core/utils/strings";
import { RemainingDaysField, remainingDaysField } from "@web/views/fields/remaining_days/remaining_days_field";

/**
 * Remaining days, always in days: Odoo's own field says "next month" of the day after tomorrow as of a day four weeks
 * off, once a month's end lies between.
 */
export class DaysField extends RemainingDaysField {
    get diffString() {
        if (this.diffDays === null || Math.abs(this.diffDays) > 99) {
            return super.diffString;
        }
        const value = this.props.record.data[this.props.name];
        return capitalize(value.toRelativeCalendar({ unit: "days" }));
    }
}

export const daysField = {
    ...remainingDaysField,
    component: DaysField,
    displayName: _t("Remaining days, in days"),
};

registry.category("fields").add("sla_days", daysField);
