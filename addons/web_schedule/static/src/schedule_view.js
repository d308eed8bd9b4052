import { registry } from "@web/core/registry";

import { ScheduleArchParser } from "./schedule_arch_parser";
import { ScheduleController } from "./schedule_controller";
import { ScheduleModel } from "./schedule_model";
import { ScheduleRenderer } from "./renderer/schedule_renderer";

export const scheduleView = {
    type: "schedule",
    ArchParser: ScheduleArchParser,
    Controller: ScheduleController,
    Model: ScheduleModel,
    Renderer: ScheduleRenderer,
    searchMenuTypes: ["filter", "groupBy", "favorite"],

    props(genericProps, view) {
        const { arch, relatedModels, resModel } = genericProps;
        return {
            ...genericProps,
            archInfo: new view.ArchParser().parse(arch, relatedModels, resModel),
            Model: view.Model,
            Renderer: view.Renderer,
        };
    },
};

registry.category("views").add("schedule", scheduleView);
