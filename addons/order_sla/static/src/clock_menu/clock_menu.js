import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";

import { useDiscussSystray } from "@mail/utils/common/hooks";
import { browser } from "@web/core/browser/browser";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

import { ClockBadge } from "../clock_badge/clock_badge";
import { deadlineOf, hasDeadline, isLate } from "../clock_time/clock_time";

const FRESH = 30 * 1000;
const LONGEST_WAIT = 6 * 3600 * 1000;

/**
 * The user's own open clocks, in the systray.
 *
 * Read when the page opens, when the list is opened, when the server says that
 * one has changed, when the tab or another screen is shown after a while, and
 * when the next deadline passes. Never in a fixed rhythm.
 */
export class ClockMenu extends Component {
    static template = "order_sla.ClockMenu";
    static components = { ClockBadge, Dropdown };
    static props = [];

    setup() {
        this.action = useService("action");
        this.bus = useService("bus_service");
        this.discussSystray = useDiscussSystray();
        this.dropdown = useDropdownState();
        this.orm = useService("orm");
        this.ticker = useService("sla_ticker");
        this.state = useState({ clocks: [], count: 0, late: 0, failed: false });
        this.readAt = 0;
        this.readSoon = useDebounced(() => this.read(), 1000);
        this.readIfOld = () => this.isOld && this.read();
        this.onVisible = () => document.visibilityState === "visible" && this.readIfOld();

        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", this.readIfOld);
        onMounted(() => {
            this.bus.subscribe("order_sla.clock_changed", this.readSoon);
            document.addEventListener("visibilitychange", this.onVisible);
            this.read();
        });
        onWillUnmount(() => {
            this.bus.unsubscribe("order_sla.clock_changed", this.readSoon);
            document.removeEventListener("visibilitychange", this.onVisible);
            browser.clearTimeout(this.timer);
        });
    }

    get isOld() {
        return Date.now() - this.readAt > FRESH;
    }

    get title() {
        return this.state.late
            ? _t("My clocks: %(count)s open, %(late)s late", this.state)
            : _t("My clocks: %(count)s open", this.state);
    }

    /** "2/7": late ones of all; "7" when none is late. */
    get counter() {
        const { count, late } = this.state;
        return late ? `${late}/${count}` : `${count}`;
    }

    get allTitle() {
        const count = this.state.count - this.state.clocks.length;
        return count > 0 ? _t("All my clocks (%(count)s more)", { count }) : _t("All my clocks");
    }

    /** The last reading counts. One that was overtaken ends too: the list that waits for it must open. */
    async read() {
        this.readAt = Date.now();
        const reading = (this.reading = {});
        const isOvertaken = () => reading !== this.reading;
        try {
            const answer = await this.orm.silent.call("sla.clock", "get_my_clocks", []);
            if (isOvertaken()) {
                return;
            }
            answer.clocks.forEach((clock) => this.ticker.observe(clock));
            Object.assign(this.state, answer, { failed: false });
            this.awaitNextDeadline();
        } catch (error) {
            if (!(error instanceof ConnectionLostError || error instanceof RPCError)) {
                throw error;
            }
            // what was read before stays; the next occasion tries again
            this.state.failed ||= !isOvertaken();
        }
    }

    /** Read again when the next deadline has passed; not all users in the same second. */
    awaitNextDeadline() {
        browser.clearTimeout(this.timer);
        const now = this.ticker.now();
        const waits = this.state.clocks
            .filter((clock) => hasDeadline(clock) && !clock.paused && !isLate(clock, now))
            .map((clock) => (deadlineOf(clock).toSeconds() - now) * 1000);
        const wait = Math.min(...waits);
        if (wait < LONGEST_WAIT) {
            this.timer = browser.setTimeout(this.readIfOld, wait + 1000 + Math.random() * 4000);
        }
    }

    async openClock(clock, newWindow) {
        this.dropdown.close();
        const action = await this.orm.call("sla.clock", "action_open_record", [[clock.id]]);
        await this.action.doAction(action, { newWindow });
    }

    async openAll(newWindow) {
        this.dropdown.close();
        await this.action.doAction("order_sla.sla_clock_action_my", {
            clearBreadcrumbs: true,
            newWindow,
        });
    }
}

registry.category("systray").add("order_sla.ClockMenu", { Component: ClockMenu }, { sequence: 19 });
