import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { ControlPlot } from "./control_plot";
import { HistogramPlot } from "./histogram_plot";

const MODEL = "quality.control.chart";
const FILTERS = ["product_id", "characteristic_id", "partner_id"];
const SUBGROUPS = [1, 2, 3, 4, 5, 6, 8, 10];

/** Control charts of what was inspected: means and ranges with capability, or shares nonconforming. */
export class ControlChartAction extends Component {
    static template = "quality_spc.ControlChartAction";
    static components = { ControlPlot, HistogramPlot, Layout, RecordSelector };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Control Charts");

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.filters = useState({ ...this.startFilters(), ...this.props.state?.filters });
        this.state = useState({ characteristics: [], chart: false, loading: false });
        useSetupAction({ getLocalState: () => ({ filters: { ...this.filters } }) });
        onWillStart(() => this.load(true));
    }

    startFilters() {
        const context = this.props.action.context || {};
        const filters = { kind: context.default_kind === "p" ? "p" : "variables", rules: "nelson", subgroup: false };
        for (const name of FILTERS) {
            filters[name] = context[`default_${name}`] || false;
        }
        return { ...filters, date_from: "", date_to: "", defect_class: "major" };
    }

    get display() {
        return { controlPanel: {} };
    }

    get chart() {
        return this.state.chart;
    }

    get subgroups() {
        return SUBGROUPS;
    }

    get kinds() {
        return [
            { id: "variables", name: _t("X̄-R and capability") },
            { id: "p", name: _t("p: share nonconforming") },
        ];
    }

    get ruleSets() {
        return [
            { id: "nelson", name: _t("Rules 1 to 8") },
            { id: "western_electric", name: _t("Western Electric") },
            { id: "limits", name: _t("Limits only") },
        ];
    }

    get classes() {
        return [
            { id: "critical", name: _t("Critical") },
            { id: "major", name: _t("Major") },
            { id: "minor", name: _t("Minor") },
        ];
    }

    get meansTitle() {
        return this.chart.kind === "individuals"
            ? _t("Single values")
            : _t("X̄: means of %(size)s values", { size: this.chart.size });
    }

    get rangesTitle() {
        return this.chart.kind === "individuals" ? _t("Moving ranges") : _t("R: ranges");
    }

    /** Every broken rule of every chart, newest first: what a head of quality reads before the curve. */
    get signals() {
        const series = { means: this.meansTitle, ranges: this.rangesTitle, shares: _t("p: share nonconforming") };
        return Object.keys(series).flatMap((name) =>
            (this.chart[name]?.points || [])
                .filter((point) => point.rules.length)
                .reverse()
                .map((point, place) => ({
                    key: `${name}${place}`,
                    chart: series[name],
                    point,
                    rules: point.rules.map((code) => this.chart.rules[code]),
                }))
        );
    }

    async setFilter(name, value) {
        if (this.filters[name] === value) {
            return;
        }
        this.filters[name] = value;
        if (name === "product_id" || name === "kind") {
            this.filters.characteristic_id = false;
        }
        await this.load(name === "product_id" || name === "kind");
    }

    onText(ev) {
        return this.setFilter(ev.target.name, ev.target.value);
    }

    onNumber(ev) {
        return this.setFilter(ev.target.name, Number(ev.target.value) || false);
    }

    /** Choose the characteristic with the most results: a chart is shown without a further click. */
    async loadCharacteristics() {
        const kind = this.filters.kind === "p" ? "check" : "measure";
        const found = await this.keepLast.add(
            this.orm.call(MODEL, "get_characteristics", [this.filters.product_id || null, kind])
        );
        this.state.characteristics = found;
        if (!this.filters.characteristic_id && this.filters.kind !== "p" && found.length) {
            this.filters.characteristic_id = found.reduce((best, item) => (item.count > best.count ? item : best)).id;
        }
    }

    async load(characteristics = false) {
        this.state.loading = true;
        if (characteristics) {
            await this.loadCharacteristics();
        }
        this.state.chart = await this.keepLast.add(this.readChart());
        this.state.loading = false;
    }

    async readChart() {
        const { kind, rules, product_id, partner_id, characteristic_id, date_from, date_to } = this.filters;
        const values = {
            rules,
            product_id: product_id || null,
            partner_id: partner_id || null,
            date_from: date_from || null,
            date_to: date_to || null,
        };
        if (kind === "p") {
            const { defect_class } = this.filters;
            return this.orm.call(MODEL, "get_p_chart", [], {
                ...values,
                characteristic_id: characteristic_id || null,
                defect_class,
            });
        }
        if (!characteristic_id) {
            return false;
        }
        const subgroup = Number(this.filters.subgroup) || null;
        return this.orm.call(MODEL, "get_chart", [characteristic_id], { ...values, subgroup });
    }

    openInspection(resId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "quality.inspection",
            res_id: resId,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("quality_control_chart", ControlChartAction);
