import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

// One order's way through the company, in Chinese, a tour for each person (tests/test_journey.py runs them in turn).
const tours = registry.category("web_tour.tours");

const click = (trigger, content = trigger) => ({ content, trigger, run: "click" });
const edit = (trigger, value) => ({ content: `fill ${trigger}`, trigger, run: `edit ${value}` });
const see = (trigger, content = trigger) => ({ content, trigger });

/** Choose a record of a many2one by a part of its name. */
const choose = (name, value) => [
    edit(`.o_field_widget[name=${name}] input`, value),
    click(`.o-autocomplete--dropdown-item:contains(${value})`),
];

/** Answer the first criteria of the opinion: all are met. */
const answer = (row, count, scope = "") =>
    [...Array(count).keys()].flatMap((index) => [
        click(`${scope} [name=check_ids] ${row}:eq(${index}) button[data-value=ok]`),
        see(`${scope} [name=check_ids] ${row}:eq(${index}) button.active[data-value=ok]`),
    ]);

const signOnPortal = () => [
    see(".modal.show canvas.o_web_sign_signature"),
    {
        content: "sign",
        trigger: ".modal.show .o_portal_sign_submit:enabled",
        run: "click",
        expectUnloadPage: true,
    },
];

tours.add("order_review_journey_sales", {
    steps: () => [
        click(".o_list_button_add"),
        ...choose("partner_id", "华能江苏"),
        click("[name=order_line] .o_field_x2many_list_row_add a:contains(添加产品)"),
        ...choose("product_template_id", "KYN28A-12"),
        see(".o_field_widget[name=order_class_proposed]:contains(非常规订单)"),
        click(".nav-link[name=order_intake]"),
        ...choose("medium_id", "微信"),
        edit(".o_field_widget[name=project_name] input", "海上风电升压站"),
        edit(".o_field_widget[name=project_background] textarea", "业主自建，一季度投运"),
        ...choose("project_manager_id", "王销售"),
        edit("input[data-field=commitment_date]", "2030/01/15"),
        edit(".o_field_widget[name=technical_requirements] textarea", "12kV，31.5kA，IP4X"),
        edit(".o_field_widget[name=quality_requirements] textarea", "按 GB/T 3906 出厂试验"),
        edit(".o_field_widget[name=requirement_confirmed_by] input", "刘工"),
        click("[name=order_document_ids] .o_field_x2many_list_row_add a"),
        click(".modal .o_field_widget[name=kind] input"),
        click(".o_select_menu_item:contains(需求确认书)"),
        edit(".modal .o_field_widget[name=name] input", "需求确认书"),
        {
            content: "upload it",
            trigger: ".modal .o_field_widget[name=datas]",
            async run() {
                const file = new File(["确认"], "需求确认书.txt", { type: "text/plain" });
                await inputFiles(".modal .o_field_widget[name=datas] .o_input_file", [file]);
            },
        },
        see(".modal .o_field_widget[name=datas] input:value(需求确认书.txt)"),
        click(".modal .o_form_button_save:contains(保存)"),
        click(".o_form_button_save"),
        click("[name=order_document_ids] .o_data_row button[name=action_release]:contains(生效)"),
        see("[name=order_document_ids] .o_data_row .badge:contains(生效)"),
        click("button[name=action_confirm_requirements]"),
        click("button[name=action_request_review]:contains(送评审)"),
        see(".o_statusbar_status .o_arrow_button_current:contains(评审中)"),
        see(".o_review_chip[data-state=pending]:contains(技术部)"),
    ],
});

tours.add("order_review_journey_engineer", {
    steps: () => [
        click(".o_data_row:contains(海上风电升压站) td[name=partner_name]"),
        see("h1:contains(技术部)"),
        see(".o_field_widget[name=item_ids]:contains(KYN28A-12)"),
        see(".o_field_widget[name=document_ids] a.o_document_link:contains(需求确认书)"),
        ...answer(".o_data_row", 4),
        edit(".o_field_widget[name=opinion] textarea", "图纸可行，设计周期十天"),
        click("button[name=action_agree]:contains(同意)"),
        see(".ribbon:contains(同意)"),
        see(".o_form_view:not(:has(button[name=action_agree]))"),
    ],
});

tours.add("order_review_journey_buyer", {
    steps: () => [
        see(".o_kanban_group:contains(评审中) .o_review_chip[data-state=agree]:contains(技术部)"),
        click(".o_review_chip[data-state=pending]:contains(采购部)"),
        ...answer(".o_data_row", 2, ".modal"),
        edit(".modal .o_field_widget[name=opinion] textarea", "进口断路器货期长"),
        edit(".modal .o_field_widget[name=lead_time_days] input", "30"),
        click(".modal [name=condition_ids] .o_field_x2many_list_row_add a"),
        edit(".modal [name=condition_ids] .o_selected_row [name=name] input", "断路器改用国产型号"),
        click(".modal button[name=action_conditional]:contains(有条件同意)"),
        see(".o_review_chip[data-state=conditional]:contains(采购部)"),
    ],
});

tours.add("order_review_journey_planner", {
    steps: () => [
        click(".o_kanban_record:contains(海上风电升压站)"),
        see("h1:contains(项目计划部)"),
        ...answer(".o_kanban_record", 1),
        edit(".o_field_widget[name=opinion] textarea", "负荷允许"),
        click("button[name=action_agree]:contains(同意)"),
        see(".ribbon:contains(同意)"),
    ],
});

tours.add("order_review_journey_manager", {
    steps: () => [
        click(".o_kanban_group:contains(待作结论) .o_kanban_record:contains(海上风电升压站) span:contains(华能江苏)"),
        click(".o_form_view button[name=action_conclude]:contains(评审结论)"),
        see(".modal .o_data_row:contains(采购部):contains(有条件同意)"),
        click(".modal .o_field_widget[name=conclusion] .o_radio_input[data-value=conditional]"),
        see(".modal [name=look_ids] .o_data_row:contains(断路器改用国产型号)"),
        click(".modal [name=look_ids] .o_data_row [name=for_customer] input"),
        edit(".modal .o_field_widget[name=note] textarea", "客户同意国产断路器后承接"),
        click(".modal button[name=action_conclude]:contains(签署结论)"),
        see(".o_statusbar_status .o_arrow_button_current:contains(客户确认中)"),
    ],
});

tours.add("order_review_journey_customer", {
    steps: () => [
        see("#review_conditions:contains(断路器改用国产型号)"),
        see("body:not(:contains(进口断路器货期长)):not(:contains(采购部))", "no department's opinion leaks"),
        see("body:not(:has([data-bs-target='#modalaccept']))", "the order cannot be signed before"),
        click("[data-bs-target='#modal_review_accept']:contains(接受条件)"),
        ...signOnPortal(),
        see(".alert-success:contains(您已接受本订单的条件)"),
        click("#sale_order_sidebar_button [data-bs-target='#modalaccept']"),
        ...signOnPortal(),
        see(".alert-success:contains(谢谢)"),
    ],
});

tours.add("order_review_journey_instruction", {
    steps: () => [
        click(".o_data_row:contains(华能江苏) td[name=partner_id]"),
        click("button[name=action_issue_instruction]:contains(下达生产指令)"),
        see(".o_field_widget[name=line_ids]:contains(KYN28A-12)"),
        click("button[name=action_issue]:contains(下达)"),
        see(".o_statusbar_status .o_arrow_button_current:contains(已下达)"),
    ],
});

tours.add("order_review_journey_acknowledge", {
    steps: () => [
        click(".o_data_row:contains(华能江苏) td[name=name]"),
        click("button[name=action_acknowledge]:contains(签收)"),
        see(".o_form_view:not(:has(button[name=action_acknowledge]))"),
    ],
});
