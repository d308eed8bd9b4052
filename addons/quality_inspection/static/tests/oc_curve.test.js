import { expect, manuallyDispatchProgrammaticEvent, queryFirst, queryOne, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { decimalsOf, formatTick, linear, niceTicks, spanOf } from "@quality_inspection/chart_frame/chart_scale";

const CURVE = {
    points: [
        [0, 1],
        [1, 0.9],
        [2, 0.5],
        [4, 0.1],
    ],
    measure: "items",
    aql: 1,
    acceptance_at_aql: 0.9,
    limiting_quality: 4,
    consumer_risk: 0.1,
    sample_size: 50,
    acceptance: 1,
};

class Sampling extends models.Model {
    _name = "sampling";
    oc_curve = fields.Json();

    _records = [
        { id: 1, oc_curve: CURVE },
        { id: 2, oc_curve: false },
        {
            id: 3,
            oc_curve: {
                ...CURVE,
                points: CURVE.points.map(([quality, probability]) => ({ quality, probability })),
                measure: "nonconformities",
                aql: false,
                acceptance_at_aql: false,
            },
        },
    ];
}

defineMailModels();
defineModels([Sampling]);

const ARCH = /* xml */ `<form><field name="oc_curve" widget="oc_curve"/></form>`;

test("REC-4: the curve has axes, risk points of both sides, and the plan", async () => {
    await mountView({ type: "form", resModel: "sampling", resId: 1, arch: ARCH });
    expect(".o_quality_oc_x_label").toHaveText("Percent nonconforming");
    expect(".o_quality_oc_caption").toHaveText("n = 50, Ac = 1");
    expect(".o_quality_oc_mark").toHaveCount(2);
    expect(".o_quality_oc_legend.o_quality_oc_producer").toHaveText("AQL 1.0: producer's risk 10.0 %");
    expect(".o_quality_oc_legend.o_quality_oc_consumer").toHaveText("LQ 4.00: consumer's risk 10.0 %");
    expect(".o_quality_oc path.o_quality_chart_line").toHaveAttribute("d", /^M60\.00,12\.00L/);
});

test("REC-4: pointing at the curve tells the share of lots that is accepted", async () => {
    await mountView({ type: "form", resModel: "sampling", resId: 1, arch: ARCH });
    const svg = queryOne(".o_quality_oc svg");
    const box = svg.getBoundingClientRect();
    const width = Number(svg.getAttribute("width"));
    // half way between the axis and the right border: quality 2 of 4
    const clientX = box.left + 60 + (width - 60 - 12) / 2;
    await manuallyDispatchProgrammaticEvent(svg, "pointermove", { clientX, clientY: box.top + 50 });
    await animationFrame();
    expect(".o_quality_oc_caption").toHaveText("2.00 % nonconforming: 50.0 % of lots are accepted");
    await manuallyDispatchProgrammaticEvent(svg, "pointerleave");
    await animationFrame();
    expect(".o_quality_oc_caption").toHaveText("n = 50, Ac = 1");
});

test("REC-4: nonconformities are counted per 100 units; without an AQL there is no producer's point", async () => {
    await mountView({ type: "form", resModel: "sampling", resId: 3, arch: ARCH });
    expect(".o_quality_oc_x_label").toHaveText("Nonconformities per 100 units");
    expect(".o_quality_oc_producer").toHaveCount(0);
    expect(".o_quality_oc_mark").toHaveCount(1);
});

test("REC-4: without a plan nothing is drawn", async () => {
    await mountView({ type: "form", resModel: "sampling", resId: 2, arch: ARCH });
    expect(".o_quality_oc").toHaveCount(0);
    expect(queryFirst(".o_form_view")).not.toBe(null);
});

test("REC-4: ticks are round and tell each other apart", () => {
    expect(niceTicks(0, 10, 5)).toEqual({ values: [0, 2, 4, 6, 8, 10], step: 2 });
    expect(niceTicks(73.982, 74.018, 4).values.map((value) => formatTick(value, 0.01))).toEqual([
        "73.99",
        "74.00",
        "74.01",
    ]);
    expect(niceTicks(5, 5)).toEqual({ values: [5], step: 5 });
    expect([1, 0.25, 0.1, 2.5, 20].map(decimalsOf)).toEqual([0, 2, 1, 1, 0]);
    expect(linear(0, 10, 100, 200)(5)).toBe(150);
    expect(linear(3, 3, 100, 200)(3)).toBe(150);
    const [low, high] = spanOf([2, 2]);
    expect(low).toBeLessThan(2);
    expect(high).toBeGreaterThan(2);
});
