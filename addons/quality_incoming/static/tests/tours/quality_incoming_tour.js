import { registry } from "@web/core/registry";
import { delay } from "@web/core/utils/concurrency";

// The parts of buyer, storekeeper, inspector and accountant (tests/test_buyer_day.py, tests/test_quality_browser.py).
// Triggers name fields, not texts; every document begins with New.
const tours = registry.category("web_tour.tours");

const click = (trigger, content = trigger) => ({ content, trigger, run: "click", timeout: 60000 });
const edit = (trigger, value) => ({ content: `fill ${trigger}`, trigger, run: `edit ${value}`, timeout: 60000 });
const see = (trigger, content = trigger) => ({ content, trigger, timeout: 60000 });
const state = (value) => see(`.o_statusbar_status .o_arrow_button_current[data-value=${value}]`);
const option = (text) => click(`.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(${text})`);

/** A line of an order, the row of this number: its product by a part of its name, quantity and price. */
const orderLine = (number, product, quantity, price) => {
    const row = `[name=order_line] .o_data_row:nth-child(${number}).o_selected_row`;
    const items = () => [...document.querySelectorAll(".o-autocomplete--dropdown-item")];
    return [
        click("[name=order_line] .o_field_x2many_list_row_add a:first"),
        {
            content: `product of line ${number}`,
            trigger: `${row} [name=product_id] input`,
            timeout: 60000,
            // What is typed while the new row is still being drawn is lost: type until the product is there to choose.
            async run({ edit: type }) {
                for (let turn = 0; turn < 20; turn++) {
                    await type(product, `${row} [name=product_id] input`);
                    await delay(1000);
                    const item = items().find((one) => one.textContent.includes(product));
                    if (item && !item.matches(".o_m2o_dropdown_option")) {
                        (item.querySelector("a") || item).click();
                        return;
                    }
                }
            },
        },
        edit(`${row} [name=product_qty] input`, quantity),
        edit(`${row} [name=price_unit] input`, price),
    ];
};

/** A receipt with the number of its delivery note. */
const receive = [
    state("assigned"),
    edit(".o_field_widget[name=delivery_note_ref] input", "SH-20261123"),
    click("button[name=button_validate]:visible"),
    state("done"),
];

tours.add("quality_incoming_journey_buyer_orders", {
    steps: () => [
        click(".o_list_button_add"),
        edit(".o_field_widget[name=partner_id] input", "永联"),
        option("永联端子"),
        ...orderLine(1, "UK-2.5B", "500", "1.2"),
        ...orderLine(2, "TS35", "20", "8"),
        click("button[name=button_confirm]:visible"),
        state("purchase"),
    ],
});

tours.add("quality_incoming_journey_storekeeper_receives", {
    steps: () => [click(".o_data_row:contains(永联端子) .o_data_cell[name=partner_id]"), ...receive],
});

tours.add("quality_incoming_journey_inspector_accepts", {
    steps: () => [
        click(".o_kanban_record:contains(UK-2.5B)"),
        click(".o_form_view button[name=action_open_entry]:not(.d-none):not([disabled])"),
        click(".o_qi_card .o_qi_ok"),
        see(".o_qi_card .o_qi_ok.btn-success"),
        click(".o_qi_bar .o_qi_conclude_button"),
        see(".o_qi_conclude .o_qi_preview"),
        click(".o_qi_confirm:enabled"),
        see("body:not(:has(.o_qi_conclude))"),
    ],
});

tours.add("quality_incoming_journey_accountant", {
    steps: () => [
        click(".o_list_button_add"),
        edit(".o_field_widget[name=partner_id] input", "永联"),
        option("永联端子"),
        edit(".o_field_widget[name=purchase_vendor_bill_id] input", "P0"),
        option("P0"),
        see("[name=invoice_line_ids] .o_data_row:contains(UK-2.5B)"),
        edit("[name=invoice_date] input, input[data-field=invoice_date]", "2026/11/27"),
        click("button[name=action_post]:visible"),
        state("posted"),
    ],
});

tours.add("quality_incoming_journey_storekeeper", { steps: () => receive });

tours.add("quality_incoming_journey_buyer", {
    steps: () => [see("[name=order_line] .o_data_row:contains(UK-2.5B) [name=qty_qualified]:contains(480)")],
});
