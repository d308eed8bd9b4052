import { Component } from "@odoo/owl";
import { deserializeDateTime, formatDate, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";
import { ClockBadge } from "@order_sla/clock_badge/clock_badge";

/** What is inspected, for whom it is needed, and until when. */
export class EntryHeader extends Component {
    static template = "quality_inspection.EntryHeader";
    static components = { ClockBadge };
    static props = { data: Object, small: Boolean };

    get quantity() {
        const { quantity, uom } = this.props.data;
        const digits = Number.isInteger(quantity) ? 0 : 3;
        return `${formatFloat(quantity, { digits: [16, digits], trailingZeros: false })} ${uom ? uom.name : ""}`;
    }

    get demand() {
        const date = this.props.data.demand_date;
        return date ? formatDate(deserializeDateTime(date.length > 10 ? date : `${date} 12:00:00`)) : "";
    }

    /** "Saved by Li Na, 10:32, revision 3" */
    get saved() {
        const { saved_by: name, saved_at: at, revision } = this.props.data;
        if (!name || !at) {
            return "";
        }
        return _t("Saved by %(name)s, %(date)s (revision %(revision)s)", {
            name,
            date: toLocaleDateTimeString(deserializeDateTime(at)),
            revision,
        });
    }

    get facts() {
        const { data } = this.props;
        return [
            [_t("Quantity"), this.quantity],
            [data.is_return ? _t("Customer") : _t("Supplier"), data.partner],
            [_t("Lot"), data.lot],
            [_t("Supplier batch"), data.supplier_batch],
            [_t("Receipt"), data.picking],
            [_t("Needed on"), this.demand],
            [_t("Inspector"), data.inspector && data.inspector.name],
            [_t("Note"), data.note],
        ].filter(([, value]) => value);
    }
}
