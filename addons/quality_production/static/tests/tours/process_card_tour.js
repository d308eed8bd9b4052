import { registry } from "@web/core/registry";

// The process card on the phone (tests/test_process_page.py): operator, quality, and the passport at the end.
const tours = registry.category("web_tour.tours");

const click = (trigger, content = trigger) => ({ content, trigger, run: "click" });
const edit = (trigger, value) => ({ content: `fill ${trigger}`, trigger, run: `edit ${value}` });
const see = (trigger, content = trigger) => ({ content, trigger });
const operation = (name) => `.o_process_operation:has(.o_process_operation_head:contains(${name}))`;

tours.add("quality_production_card_operator", {
    steps: () => [
        click(".o_process_received_ok"),
        see(".o_process_received .fa-check"),
        // nothing is signed before all points are answered
        click(`${operation("Mounting")} .o_process_sign`),
        see(`${operation("Mounting")} .o_process_point_missing`),
        click(`${operation("Mounting")} .o_process_point:contains(Screws tight) .btn:contains(OK):first`),
        edit(`${operation("Mounting")} .o_process_point:contains(Torque) input`, "22"),
        edit(`${operation("Mounting")} .o_process_minutes`, "25"),
        click(`${operation("Mounting")} .o_process_sign`),
        see(".o_process_operation_done:contains(Mounting)"),
        // the next operation opens by itself; it is a key operation
        click(`${operation("Busbar crimping")} .o_process_sign`),
        see(".o_process_operation_waiting:contains(Busbar crimping)"),
        click(".o_process_report_defect"),
        edit(".modal textarea[name=description]", "Paint scratched"),
        {
            content: "take a photo",
            trigger: ".modal label:has(input[type=file])",
            async run() {
                const canvas = document.createElement("canvas");
                canvas.width = canvas.height = 2000;
                canvas.getContext("2d").fillRect(0, 0, 10, 10);
                const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
                const input = document.querySelector(".modal input[type=file]");
                const files = new DataTransfer();
                files.items.add(new File([blob], "door.png", { type: "image/png" }));
                input.files = files.files;
                input.dispatchEvent(new Event("change"));
            },
        },
        see(".modal img.o_process_photo"),
        click(".modal button[name=confirm]"),
        see("body:not(:has(.modal))"),
        click(".o_process_report_missing"),
        {
            content: "choose the part",
            trigger: ".modal select[name=product_id]",
            run: "selectByLabel Busbar",
        },
        edit(".modal input[name=quantity]", "1"),
        click(".modal button[name=confirm]"),
        see(".o_process_missing:contains(Busbar)"),
        // who came by the QR code finds his other cards
        click(".o_process_back"),
        see(".o_action_manager .o_kanban_record:contains(PC), .o_action_manager .o_data_row:contains(PC)"),
    ],
});

tours.add("quality_production_card_quality", {
    steps: () => [
        click(`${operation("Busbar crimping")} .o_process_operation_head`),
        click(`${operation("Busbar crimping")} .o_process_confirm`),
        see(".modal:contains(Pull test)"),
        click(".modal button[name=confirm]"),
        see(".o_process_operation_done:contains(Busbar crimping)"),
    ],
});

tours.add("quality_production_passport", {
    steps: () => [
        see(".o_passport_head:contains(CAB-1)"),
        see(".o_passport_tree:contains(Busbar)"),
        click(".o_passport_tree .o_passport_lot:contains(PANEL-1)"),
        see(".o_passport_head:contains(PANEL-1)"),
        see(".o_passport_tree:contains(RESIN-1)"),
    ],
});
