import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { useBus } from "@web/core/utils/hooks";

import { Component, onMounted, onPatched, onWillStart, onWillUnmount, useRef } from "@odoo/owl";

import { ScheduleChart } from "./schedule_chart";

/** The timeline on a screen that is wide enough; the chart itself is drawn by {@link ScheduleChart}. */
export class ScheduleRenderer extends Component {
    static template = "web_schedule.ScheduleRenderer";
    static props = {
        model: Object,
        archInfo: Object,
        columns: Array,
        openRecord: Function,
        selectRow: Function,
        removeLink: Function,
        selectedRow: { type: [String, { value: null }], optional: true },
    };

    setup() {
        this.chartRef = useRef("chart");
        onWillStart(() => loadBundle("web_schedule.assets_gantt"));
        onMounted(() => {
            this.chart = new ScheduleChart(this.chartRef.el, this.props.model, {
                open: (resId) => this.props.openRecord(resId),
                select: (id) => this.props.selectRow(id),
                unlink: (link) => this.props.removeLink(link),
            });
            // While it is empty: afterwards the focus would wait for the layout of all bars.
            this.chartRef.el.focus({ preventScroll: true });
            this.chart.sync(this.props.columns);
        });
        onPatched(() => this.chart.sync(this.props.columns));
        onWillUnmount(() => this.chart?.destroy());
        useBus(this.props.model.bus, "focus", () => this.chart.scrollToFocus());
        useBus(this.props.model.bus, "select", (ev) => this.chart.selectNext(ev.detail));
        useBus(this.props.model.bus, "fold", (ev) => this.chart.fold(ev.detail));
    }

    /** Only what this view draws. */
    get legend() {
        const { roles } = this.props.archInfo;
        return [
            { css: "o_planned", text: _t("Planned"), role: "date_start" },
            { css: "o_baseline", text: _t("Baseline"), role: "baseline_start" },
            { css: "o_actual", text: _t("Actual"), role: "actual_start" },
            { css: "o_forecast", text: _t("Forecast"), role: "forecast_start" },
            { css: "o_critical", text: _t("Critical"), role: "critical" },
            { css: "o_milestone", text: _t("Milestone"), role: "milestone" },
            { css: "o_deadline", text: _t("Latest finish"), role: "deadline" },
        ].filter(({ role }) => roles[role]);
    }
}
