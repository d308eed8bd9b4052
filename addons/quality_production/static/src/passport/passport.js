import { Component, onWillStart, useState } from "@odoo/owl";

import { useWayBack } from "@quality_inspection/way_back/way_back";
import { deserializeDateTime, formatDate, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { PassportTree } from "./passport_tree";

const TONES = { released: "success", held: "warning", rejected: "danger", urgent: "danger" };

/** The passport of a serial number: as built, as tested, conceded and delivered; read only. */
export class SerialPassport extends Component {
    static template = "quality_production.SerialPassport";
    static components = { PassportTree };
    static props = { ...standardActionServiceProps, resId: { type: [Number, Boolean], optional: true } };
    static displayName = _t("Serial Passport");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.back = useWayBack();
        this.state = useState({ passport: false });
        onWillStart(() => {
            const { action, resId } = this.props;
            const id = resId || action.params?.lot_id || action.context?.active_id;
            return id ? this.load(id) : undefined;
        });
    }

    async load(id) {
        this.state.passport = await this.orm.call("stock.lot", "get_passport", [[id]]);
        this.props.updateActionState?.({ resId: id });
        this.env.config.setDisplayName?.(this.state.passport.name);
    }

    get tone() {
        return TONES[this.state.passport.quality_state] || "secondary";
    }

    get ownInspections() {
        return this.state.passport.inspections.filter((one) => one.lot_id === this.state.passport.id);
    }

    get troubles() {
        const { urgent_releases, concessions, nonconformities } = this.state.passport;
        return urgent_releases.length + concessions.length + nonconformities.length;
    }

    date(value) {
        return value ? formatDate(deserializeDateTime(value)) : "";
    }

    time(value) {
        return value ? toLocaleDateTimeString(deserializeDateTime(value)) : "";
    }

    open(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openLot(id) {
        this.action.doAction("quality_production.serial_passport_client_action", {
            additionalContext: { active_id: id },
        });
    }
}

registry.category("actions").add("quality_production.serial_passport", SerialPassport);
