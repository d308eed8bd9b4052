import { animationFrame, beforeEach, fill, press } from "@odoo/hoot";
import {
    defineModels,
    getService,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { WebClient } from "@web/webclient/webclient";
import { dropDraft } from "@quality_inspection/result_entry/entry_draft";

import { entryData } from "./result_entry_data";

class Inspection extends models.Model {
    _name = "quality.inspection";
}

/** What each file of tests of the page begins with. */
export function defineEntry() {
    defineMailModels();
    defineModels([Inspection]);
    beforeEach(() => {
        dropDraft(7);
        patchWithCleanup(localization, { decimalPoint: ".", thousandsSep: "," });
    });
}

/** @param {Object | (() => Object)} data what the server says of the inspection */
export async function openEntry(data = entryData()) {
    onRpc("quality.inspection", "get_entry_data", () => (data instanceof Function ? data() : data));
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "quality_inspection.result_entry",
        context: { active_id: 7 },
    });
    await animationFrame();
}

export function cell(unit, lineId) {
    return `.o_qi_grid [data-unit="${unit}"][data-line="${lineId}"]`;
}

/** Type into the cell that has the focus, as a keyboard does. */
export async function type(text) {
    await fill(text, { confirm: false });
    await animationFrame();
}

export async function key(...keys) {
    await press(keys);
    await animationFrame();
    await animationFrame();
}

/** As a gauge types: each value and Enter, and no frame is drawn in between. */
export async function gauge(...values) {
    for (const value of values) {
        for (const sign of value) {
            await press(sign);
        }
        await press("Enter");
    }
}
