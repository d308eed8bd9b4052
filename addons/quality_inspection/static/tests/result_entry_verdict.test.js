import { animationFrame, expect, test } from "@odoo/hoot";
import { contains, makeServerError, onRpc } from "@web/../tests/web_test_helpers";
import { entryData } from "./result_entry_data";
import { defineEntry, openEntry } from "./result_entry_page";

defineEntry();

test("REC-3, REC-5: the verdict is previewed with its classes, and concluded with findings", async () => {
    onRpc("quality.inspection", "action_conclude", ({ kwargs }) => {
        expect.step([kwargs.accepted, kwargs.findings]);
        return true;
    });
    const preview = { verdict: "accept", accepted: 498, rejected: 2, lowest: 497, highest: 500, text: "498 accepted" };
    await openEntry(entryData({ preview }));
    await contains(".o_qi_conclude_button").click();
    await animationFrame();
    expect(".o_qi_preview").toHaveText("498 accepted");
    expect(".o_qi_conclude tbody tr").toHaveCount(2);
    await contains(".o_qi_conclude input[type=checkbox]").click();
    await contains("#o_qi_accepted").edit("499", { confirm: false });
    await contains(".o_qi_confirm").click();
    expect.verifySteps([[499, { finding_wrong_model: true }]]);
});

test("FQC-5: what is accepted does not look so while a defect blocks its release", async () => {
    const preview = { verdict: "accept", accepted: 500, rejected: 0, lowest: 500, highest: 500, text: "accepted" };
    await openEntry(entryData({ preview: { ...preview, blocked: "DR2026-00001: door scratched" } }));
    await contains(".o_qi_conclude_button").click();
    await animationFrame();
    expect(".o_qi_preview").toHaveClass("alert-warning");
    expect(".o_qi_conclude .text-success").toHaveCount(0);
    expect(".o_qi_blocked").toHaveText("DR2026-00001: door scratched");
});

test("REC-3: there is no verdict without results; what is missing is named", async () => {
    await openEntry(entryData({ missing: ["Width: 0 of 5 units"], preview: { verdict: false, text: "missing" } }));
    await contains(".o_qi_conclude_button").click();
    await animationFrame();
    expect(".o_qi_conclude li").toHaveText("Width: 0 of 5 units");
    expect(".o_qi_confirm").not.toBeEnabled();
});

test("REC-3: a refusal of the verdict is shown where it was asked for", async () => {
    onRpc("quality.inspection", "action_conclude", () => {
        throw makeServerError({ type: "UserError", message: "The documents are missing" });
    });
    await openEntry();
    await contains(".o_qi_conclude_button").click();
    await animationFrame();
    await contains(".o_qi_confirm").click();
    await animationFrame();
    expect(".o_qi_refusal").toHaveText("The documents are missing");
});

test("REC-3: a concluded inspection is shown, not edited", async () => {
    await openEntry(entryData({ can_edit: false, state: "done" }));
    expect(".o_qi_save").toHaveCount(0);
    expect(".o_qi_conclude_button").toHaveCount(0);
    expect(".o_qi_photo").toHaveCount(0);
});

test("REC-4: documents stand in their released version, and what is missing is said", async () => {
    await openEntry(entryData({ missing_documents: true, missing_documents_note: "certificate of copper" }));
    expect(".o_qi_papers .alert").toHaveText(/certificate of copper/);
    expect(".o_qi_document .badge").toHaveText("rev. B");
    expect(".o_qi_document").toHaveAttribute("href", "/x");
});
