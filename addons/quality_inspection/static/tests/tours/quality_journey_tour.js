import { registry } from "@web/core/registry";
import { delay } from "@web/core/utils/concurrency";

// Goods on their way through the inspection, a tour for each person (tests/test_quality_browser.py runs them in turn).
// Triggers name fields, methods and classes, not texts, so that they hold in every language.
const tours = registry.category("web_tour.tours");

const click = (trigger, content = trigger) => ({ content, trigger, run: "click", timeout: 60000 });
const edit = (trigger, value) => ({ content: `fill ${trigger}`, trigger, run: `edit ${value}` });
const see = (trigger, content = trigger) => ({ content, trigger, timeout: 60000 });
const button = (name) => click(`.o_form_view button[name=${name}]:not(.d-none):not([disabled])`);
const state = (value) => see(`.o_statusbar_status .o_arrow_button_current[data-value=${value}]`);
const KINDS = ["concession", "sort", "rework", "repair", "return", "scrap"];

/** A tranche in the row of this number; selections by place, since their texts depend on the language. */
const tranche = (number, kind, quantity, settlement) => {
    const row = `[name=disposition_ids] .o_data_row:nth-child(${number}).o_selected_row`;
    // A menu that opens while the new row is still being drawn closes again: choose until the field shows a value.
    const choose = (name, index) => ({
        content: `choose ${name}`,
        trigger: `${row} [name=${name}] input`,
        timeout: 60000,
        async run({ click: press }) {
            const item = () => document.querySelector(`.o_select_menu_item[data-choice-index="${index}"]`);
            const value = () => document.querySelector(`${row} [name=${name}] input`)?.value;
            for (let turn = 0; turn < 20 && (!turn || !value()); turn++) {
                if (!item()) {
                    await press(`${row} [name=${name}] input`);
                    await delay(200);
                }
                item()?.click();
                await delay(200);
            }
        },
    });
    return [
        click("[name=disposition_ids] .o_field_x2many_list_row_add a"),
        choose("kind", KINDS.indexOf(kind)),
        edit(`${row} [name=quantity] input`, quantity),
        ...(settlement === undefined ? [] : [choose("settlement", settlement)]),
    ];
};
const saved = see(".o_form_view:has(.o_form_saved), .o_form_view:not(:has(.o_form_dirty))");

// The inspector on the phone: from the queue to the verdict, four bad ones in the sample.
tours.add("quality_inspection_journey_inspector", {
    steps: () => [
        click(".o_kanban_record:contains(UK-2.5B)"),
        button("action_open_entry"),
        see(".o_qi_entry.o_qi_small .o_qi_phone .o_qi_card"),
        ...[1, 2, 3, 4].map((count) => click(".o_qi_card .o_qi_ng", `bad one number ${count}`)),
        see(".o_qi_card .o_qi_count_input:value(4)"),
        click(".o_qi_bar .o_qi_save"),
        see(".o_qi_bar .text-success"),
        click(".o_qi_bar .o_qi_conclude_button"),
        see(".o_qi_conclude .o_qi_preview"),
        click(".o_qi_confirm:enabled"),
        see("body:not(:has(.o_qi_conclude))"),
    ],
});

// The head of quality: what is done with the rejected goods, in tranches that add up.
tours.add("quality_inspection_journey_head_proposes", {
    steps: () => [
        state("open"),
        ...tranche(1, "return", "20", 0),
        ...tranche(2, "concession", "30"),
        click(".o_form_button_save"),
        saved,
        button("action_request_review"),
        state("review"),
    ],
});

tours.add("quality_inspection_journey_head_decides", {
    steps: () => [
        state("review"),
        button("action_decide"),
        click(".modal .btn-primary", "confirm"),
        state("decided"),
        see(".oe_stat_button[name=action_view_gate_passes]"),
    ],
});

// A department's opinion on it.
tours.add("quality_inspection_journey_reviewer", {
    steps: () => [
        button("action_sign_review"),
        see(".modal [name=disposition_ids] .o_data_row"),
        edit(".modal [name=note] textarea", "OK"),
        click(".modal button[name=action_agree]"),
        see("body:not(:has(.modal))"),
        see(".o_form_view:not(:has(button[name=action_sign_review]))"),
    ],
});

// The guard: types the number of the pass, sees what leaves, lets it out.
const guard = (direction) => [
    {
        content: "type the number of the pass",
        trigger: ".o_gate_code",
        run: () => {
            document.querySelector(".o_gate_code").focus();
        },
    },
    edit(".o_gate_code", "GATEPASS"),
    click(".o_gate_find"),
    see(".o_gate_pass .o_gate_line"),
    click(`.o_gate_${direction}`),
    see(".o_gate_message.o_gate_success"),
];

tours.add("quality_inspection_journey_guard", { steps: () => guard("out") });
