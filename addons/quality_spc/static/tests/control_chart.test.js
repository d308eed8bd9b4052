import { animationFrame, expect, manuallyDispatchProgrammaticEvent, queryOne, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    getService,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { WebClient } from "@web/webclient/webclient";

const RULES = { 1: "Rule 1: beyond", 5: "Rule 5: two of three" };

class Product extends models.Model {
    _name = "product.product";
    name = fields.Char();
    _records = [{ id: 4, name: "Busbar" }];
}

defineMailModels();
defineModels([Product]);

function point(place, value, rules = []) {
    return {
        value,
        lower: 9,
        upper: 11,
        rules,
        inspection_id: 100 + place,
        name: `QI${place}`,
        moment: `2026-03-0${place + 1} 02:00:00`,
        partner: "Delta",
        detail: "",
    };
}

function variables(values = {}) {
    return {
        kind: "xbar_r",
        problem: false,
        size: 5,
        sigma: 0.7,
        preliminary: true,
        left_out: 3,
        characteristic: {
            id: 1,
            name: "Width",
            unit: "mm",
            lower: 8,
            upper: 12,
            has_lower: true,
            has_upper: true,
            plan: "Busbars",
        },
        means: { center: 10, points: [point(0, 10), point(1, 10.5), point(2, 11.5, ["1", "5"]), point(3, 9.8)] },
        ranges: { center: 1, points: [point(0, 1), point(1, 1.2), point(2, 0.8), point(3, 1)] },
        capability: {
            count: 20,
            mean: 10.45,
            sigma_within: 0.43,
            sigma_overall: 0.66,
            cp: 1.55,
            cpk: 1.2,
            pp: 1.01,
            ppk: null,
            outside: 0,
        },
        histogram: [
            [9, 10, 6],
            [10, 11, 10],
            [11, 12, 4],
        ],
        rules: RULES,
        ...values,
    };
}

async function openCharts(context = {}) {
    onRpc("quality.control.chart", "get_characteristics", ({ args }) => {
        expect.step(`characteristics ${JSON.stringify(args)}`);
        return [
            { id: 2, name: "Depth", plan: "Busbars", count: 3 },
            { id: 1, name: "Width", plan: "Busbars", count: 30 },
        ];
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "quality_control_chart", context });
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step(`${action.res_model} ${action.res_id}`),
    });
    // the charts measure their width, then draw again
    await animationFrame();
    await animationFrame();
}

test("REC-4: the characteristic with the most results is charted at once, with limits, capability and broken rules", async () => {
    onRpc("quality.control.chart", "get_chart", ({ args, kwargs }) => {
        expect.step(`chart ${args} ${kwargs.rules} ${kwargs.subgroup}`);
        return variables();
    });
    await openCharts();
    expect.verifySteps(['characteristics [null,"measure"]', "chart 1 nelson null"]);
    expect(".o_quality_plot").toHaveCount(2);
    expect(".o_quality_plot:eq(0) .o_quality_plot_title").toHaveText("X̄: means of 5 values");
    expect(".o_quality_plot:eq(0) .o_quality_plot_point").toHaveCount(4);
    expect(".o_quality_plot_violation").toHaveCount(1);
    expect(".o_quality_plot_violation text").toHaveText("1,5");
    expect(".o_quality_figure_Cpk").toHaveText("1.20");
    expect(".o_quality_figure_Ppk").toHaveText("–");
    expect(".o_quality_histogram_limit").toHaveCount(2);
    expect(".o_quality_preliminary").toHaveCount(1);
    expect(".o_quality_signal").toHaveCount(1);
    expect(".o_quality_signal").toHaveText(/QI2/);
    expect(".o_quality_signal").toHaveText(/Rule 5: two of three/);
});

test("REC-4: pointing at a point tells its inspection and rules, a click opens it", async () => {
    onRpc("quality.control.chart", "get_chart", () => variables());
    await openCharts();
    expect.verifySteps(['characteristics [null,"measure"]']);
    const svg = queryOne(".o_quality_plot:eq(0) svg");
    const box = svg.getBoundingClientRect();
    const width = Number(svg.getAttribute("width"));
    const clientX = box.left + 60 + ((width - 60 - 44) * 2.5) / 4;
    await manuallyDispatchProgrammaticEvent(svg, "pointermove", { clientX, pointerType: "mouse" });
    await animationFrame();
    expect(".o_quality_plot:eq(0) .o_quality_plot_open").toHaveText("QI2");
    expect(".o_quality_plot:eq(0) .o_quality_plot_caption").toHaveText(/11\.5/);
    expect(".o_quality_plot:eq(0) .o_quality_plot_caption").toHaveText(/Rule 1: beyond/);
    await manuallyDispatchProgrammaticEvent(svg, "click", { clientX });
    await animationFrame();
    expect.verifySteps(["quality.inspection 102"]);
    await manuallyDispatchProgrammaticEvent(svg, "keydown", { key: "ArrowRight" });
    await animationFrame();
    expect(".o_quality_plot:eq(0) .o_quality_plot_open").toHaveText("QI3");
    await contains(".o_quality_plot:eq(0) .o_quality_plot_open").click();
    expect.verifySteps(["quality.inspection 103"]);
});

test("REC-4: a finger first shows a point, a second tap opens it", async () => {
    onRpc("quality.control.chart", "get_chart", () => variables());
    await openCharts();
    expect.verifySteps(['characteristics [null,"measure"]']);
    const svg = queryOne(".o_quality_plot:eq(0) svg");
    const clientX = svg.getBoundingClientRect().left + 62;
    await manuallyDispatchProgrammaticEvent(svg, "pointermove", { clientX, pointerType: "touch" });
    await manuallyDispatchProgrammaticEvent(svg, "click", { clientX });
    await animationFrame();
    expect(".o_quality_plot:eq(0) .o_quality_plot_open").toHaveText("QI0");
    expect.verifySteps([]);
    await manuallyDispatchProgrammaticEvent(svg, "click", { clientX });
    expect.verifySteps(["quality.inspection 100"]);
});

test("REC-4: filters are asked of the server; a refusal is shown as it says", async () => {
    onRpc("quality.control.chart", "get_chart", ({ args, kwargs }) => {
        expect.step(`${args} ${kwargs.date_from} ${kwargs.subgroup} ${kwargs.rules}`);
        return kwargs.subgroup === 10
            ? { characteristic: variables().characteristic, left_out: 7, problem: "There are 0 points." }
            : variables();
    });
    await openCharts({ default_characteristic_id: 2 });
    expect.verifySteps(['characteristics [null,"measure"]', "2 null null nelson"]);
    await contains("select[name=characteristic_id]").select("1");
    queryOne("input[name=date_from]").value = "2026-03-01";
    await manuallyDispatchProgrammaticEvent(queryOne("input[name=date_from]"), "change");
    await contains("select[name=rules]").select("western_electric");
    await contains("select[name=subgroup]").select("10");
    await animationFrame();
    expect.verifySteps([
        "1 null null nelson",
        "1 2026-03-01 null nelson",
        "1 2026-03-01 null western_electric",
        "1 2026-03-01 10 western_electric",
    ]);
    expect(".o_quality_no_chart").toHaveText("There are 0 points.");
    expect(".o_quality_plot").toHaveCount(0);
});

test("REC-4: shares nonconforming are drawn in per cent, with limits of each sample", async () => {
    onRpc("quality.control.chart", "get_chart", () => variables());
    onRpc("quality.control.chart", "get_p_chart", ({ kwargs }) => {
        expect.step(`p ${kwargs.defect_class} ${kwargs.characteristic_id}`);
        const points = [0.02, 0.1, 0.04].map((value, place) => ({
            ...point(place, value, place === 1 ? ["1"] : []),
            lower: 0,
            upper: 0.05 + place / 100,
            detail: "2 of 50",
        }));
        return { kind: "p", problem: false, preliminary: false, shares: { center: 0.05, points }, rules: RULES };
    });
    await openCharts();
    await contains("button[name=kind_p]").click();
    await animationFrame();
    expect.verifySteps(['characteristics [null,"measure"]', 'characteristics [null,"check"]', "p major null"]);
    expect(".o_quality_plot").toHaveCount(1);
    expect(".o_quality_plot_violation text").toHaveText("1");
    expect(".o_quality_histogram").toHaveCount(0);
    await contains("select[name=defect_class]").select("critical");
    await animationFrame();
    expect.verifySteps(["p critical null"]);
});

test("REC-4: single values have moving ranges", async () => {
    const ranges = variables().ranges;
    onRpc("quality.control.chart", "get_chart", () =>
        variables({ kind: "individuals", size: 1, ranges: { ...ranges, points: ranges.points.slice(1) } })
    );
    await openCharts();
    expect.verifySteps(['characteristics [null,"measure"]']);
    expect(".o_quality_plot:eq(0) .o_quality_plot_title").toHaveText("Single values");
    expect(".o_quality_plot:eq(1) .o_quality_plot_point").toHaveCount(3);
});
