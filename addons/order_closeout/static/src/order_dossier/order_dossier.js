import { Component, onWillStart, onWillDestroy, status, useState } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const ICONS = {
    document: "fa-file-text-o",
    state: "fa-arrow-circle-right",
    message: "fa-comment-o",
    file: "fa-paperclip",
    clock: "fa-clock-o",
};
/** Milliseconds between two looks at how far the PDF is. */
const LOOK_EVERY = 2000;

/** Everything that happened to an order, in time order; what is shown is filtered here, what may be seen by the server. */
export class OrderDossier extends Component {
    static template = "order_closeout.OrderDossier";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.orderId = this.props.action.params?.order_id || this.props.action.context?.active_id;
        this.icons = ICONS;
        this.state = useState({ kind: "", department: "", text: "", print: false, asking: false });
        onWillDestroy(() => clearTimeout(this.look));
        onWillStart(async () => {
            this.askPrint("get_dossier_print");
            this.dossier = await this.orm.call("sale.order", "get_dossier", [[this.orderId]]);
            this.departments = [...new Set(this.dossier.events.map((event) => event.department))]
                .filter(Boolean)
                .sort();
            const format = localization.dateTimeFormat.replace(":ss", "");
            for (const event of this.dossier.events) {
                event.shownAt = formatDateTime(deserializeDateTime(event.at), { format });
            }
            this.env.config.setDisplayName(_t("Dossier of %(order)s", { order: this.dossier.name }));
        });
    }

    get events() {
        const { kind, department, text } = this.state;
        const wanted = text.toLowerCase();
        return this.dossier.events.filter(
            (event) =>
                (!kind || event.kind === kind) &&
                (!department || event.department === department) &&
                (!wanted || `${event.title} ${event.text} ${event.author}`.toLowerCase().includes(wanted))
        );
    }

    /** Ask the order about its PDF, and look again as long as it is being made. */
    async askPrint(method) {
        clearTimeout(this.look);
        this.state.print = await this.orm.silent.call("sale.order", method, [[this.orderId]]);
        if (this.state.print && this.state.print.state === "working" && status(this) !== "destroyed") {
            this.look = setTimeout(() => this.askPrint("get_dossier_print"), LOOK_EVERY);
        }
    }

    /** What was clicked shows at once, before the server answers; a second click meanwhile does nothing. */
    async makePrint() {
        await this.whileAsking(() => this.askPrint("action_print_dossier"));
    }

    async stopPrint() {
        await this.whileAsking(async () => {
            await this.orm.call("order.dossier.print", "action_stop", [[this.state.print.id]]);
            await this.askPrint("get_dossier_print");
        });
    }

    async whileAsking(ask) {
        if (this.state.asking) {
            return;
        }
        this.state.asking = true;
        try {
            await ask();
        } finally {
            this.state.asking = false;
        }
    }

    get printPercent() {
        const { done, count } = this.state.print;
        return count ? Math.round((100 * done) / count) : 0;
    }

    open(event) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: event.model,
            res_id: event.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("order_closeout.dossier", OrderDossier);
