import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("order_sla_clock_menu", {
    steps: () => [
        {
            content: "One late clock of one is counted in the systray",
            trigger: ".o_sla_clock_menu .o_sla_clock_menu_late:contains('1/2')",
        },
        {
            trigger: "button.o_sla_clock_menu",
            run: "click",
        },
        {
            content: "The late clock comes first and says that it is late",
            trigger: ".o_sla_clock_menu_item:first:contains('Tour: late document') .o_sla_clock_late",
        },
        {
            trigger: ".o_sla_clock_menu_item:contains('Tour: running document')",
            run: "click",
        },
        {
            content: "A click has opened the document itself",
            trigger: ".o_form_view .o_field_widget[name='name'] :value('Tour: running document')",
        },
        {
            trigger: "button.o_sla_clock_menu",
            run: "click",
        },
        {
            trigger: ".o_sla_clock_menu_all",
            run: "click",
        },
        {
            content: "The list of my clocks ticks too",
            trigger: ".o_list_view .o_data_row:contains('Tour: late document') .o_sla_clock_late",
        },
    ],
});
