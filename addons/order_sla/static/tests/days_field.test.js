import { expect, mockDate, queryAllTexts, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Need extends models.Model {
    date = fields.Date();
    _records = ["2026-11-27", "2026-11-28", "2026-11-29", "2026-12-01", "2026-12-26", "2027-01-10", "2027-06-01"].map(
        (date, index) => ({ id: index + 1, date })
    );
}

defineMailModels();
defineModels([Need]);

test("days across the end of a month read as days", async () => {
    mockDate("2026-11-28 10:00:00");
    await mountView({
        type: "list",
        resModel: "need",
        arch: `<list><field name="date" widget="sla_days"/></list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual([
        "Yesterday",
        "Today",
        "Tomorrow",
        "In 3 days",
        "In 28 days",
        "In 43 days",
        "Jun 1, 2027",
    ]);
});
