import { registry } from "@web/core/registry";

// The parts of storekeeper and buyer (tests/test_quality_browser.py). Triggers name fields, not texts.
const tours = registry.category("web_tour.tours");

const click = (trigger, content = trigger) => ({ content, trigger, run: "click", timeout: 60000 });
const see = (trigger, content = trigger) => ({ content, trigger, timeout: 60000 });

tours.add("quality_incoming_journey_storekeeper", {
    steps: () => [
        see(".o_statusbar_status .o_arrow_button_current[data-value=assigned]"),
        {
            content: "number of the delivery note",
            trigger: ".o_field_widget[name=delivery_note_ref] input",
            run: "edit SH-20261123",
        },
        click("button[name=button_validate]:visible"),
        see(".o_statusbar_status .o_arrow_button_current[data-value=done]"),
    ],
});

tours.add("quality_incoming_journey_buyer", {
    steps: () => [see("[name=order_line] .o_data_row:contains(UK-2.5B) [name=qty_qualified]:contains(480)")],
});
