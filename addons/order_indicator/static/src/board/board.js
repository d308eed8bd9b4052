import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { BoardCard } from "./board_card";

const MODEL = "order.indicator";
const MANAGER = "order_indicator.group_order_indicator_manager";

/** The managers' board: cards by group. It stands at once; each group brings its figures as they come. */
export class Board extends Component {
    static template = "order_indicator.Board";
    static components = { BoardCard, Layout };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Managers' Board");

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.state = useState({ board: false, cards: {}, failed: false, period: this.props.state?.period || "month" });
        useSetupAction({ getLocalState: () => ({ period: this.state.period }) });
        onWillStart(async () => {
            this.isManager = await user.hasGroup(MANAGER);
            await this.load();
        });
    }

    get display() {
        return { controlPanel: {} };
    }

    /** The board itself; its figures follow, a request for each group, those of a former period are dropped. */
    async load() {
        const period = this.state.period;
        const board = await this.keepLast.add(this.orm.call(MODEL, "get_board", [period]));
        Object.assign(this.state, { board, cards: {}, failed: false });
        for (const section of board.sections) {
            this.loadCards(
                section.cards.map((card) => card.id),
                period
            );
        }
    }

    async loadCards(ids, period) {
        try {
            const cards = await this.orm.silent.call(MODEL, "get_cards", [ids, period]);
            if (period === this.state.period) {
                for (const card of cards) {
                    this.state.cards[card.id] = card;
                }
            }
        } catch (error) {
            this.state.failed = true;
            throw error;
        }
    }

    setPeriod(ev) {
        this.state.period = ev.target.value;
        return this.load();
    }

    async toggleSubscription() {
        this.state.board.subscribed = await this.orm.call(MODEL, "toggle_subscription", []);
        const message = this.state.board.subscribed
            ? _t("You get the digest once a week by mail.")
            : _t("You get no digest any more.");
        this.notification.add(message, { type: "success" });
    }

    async openList() {
        this.action.doAction(await this.orm.call("order.indicator.value", "action_make", [this.state.period]));
    }

    openTargets() {
        return this.action.doAction("order_indicator.order_indicator_target_action");
    }

    /** The records that a figure, or a group of it, was counted of. */
    async openRecords(card, options = {}) {
        this.action.doAction(await this.orm.call(MODEL, "get_records_action", [[card.id], this.state.period], options));
    }

    getBreakdown(card, dimension) {
        return this.orm.call(MODEL, "get_breakdown", [[card.id], dimension, this.state.period]);
    }
}

registry.category("actions").add("order_indicator.board", Board);
