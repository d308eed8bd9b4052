import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { contains } from "@web/../tests/web_test_helpers";

import { openSchedule, setUpSchedule } from "./schedule_helpers";

describe.current.tags("mobile");
setUpSchedule();

test("a list by day with the bars of each item; a tap opens the form", async () => {
    await openSchedule();
    expect(queryAllTexts(".o_schedule_phone_day")).toEqual([
        "Tuesday, March 10",
        "Thursday, March 12",
        "Friday, March 13",
    ]);
    expect(queryAllTexts(".o_schedule_phone_item b")).toEqual(["Drawings", "Frozen", "Wiring", "Released"]);
    expect(".o_schedule_phone_item:first .o_planned").toHaveCount(1);
    expect(".o_schedule_phone_item:first .o_baseline").toHaveCount(1);
    expect(".o_schedule_phone_item:first").toHaveClass("o_critical");
    expect(".gantt_container").toHaveCount(0);
    await contains(".o_schedule_phone_item:first").click();
    expect(".modal .o_form_view").toHaveCount(1);
});

test("an item says which groups it stands in", async () => {
    await openSchedule({ groupBy: ["state"] });
    expect(".o_schedule_phone_item:first .small:nth-child(3)").toHaveText("Open · Design");
});

test("the next week is read when it is asked for", async () => {
    await openSchedule();
    expect(".o_schedule_title").toHaveText("March 2026");
    await contains(".o_schedule_next").click();
    expect(queryAllTexts(".o_schedule_phone_day")).toEqual(["Begun earlier"]);
});
