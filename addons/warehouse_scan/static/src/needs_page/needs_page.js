import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { Icon } from "../icon/icon";
import { describeEvent, formatTime, sayMore } from "../words";

/** What the person has to look at: what could not be booked after all, and what waits. */
export class NeedsPage extends Component {
    static template = "warehouse_scan.NeedsPage";
    static components = { Icon };
    static props = { desk: Object, lang: String, ask: Function, resumeRun: Function };

    setup() {
        this.desk = this.props.desk;
        this.data = useState(this.desk.state);
        this.describe = describeEvent;
        this.sayMore = sayMore;
    }

    get refused() {
        return this.data.pending.filter((entry) => entry.state === "refused");
    }

    get waiting() {
        return this.data.pending.filter((entry) => entry.state === "waiting");
    }

    canResume(need) {
        return this.data.runs.some((run) => run.id === need.run && !run.data?.finished);
    }

    time(moment) {
        return formatTime(moment, this.props.lang);
    }

    labelOf(flow) {
        return this.desk.flowOf(flow).label;
    }

    retry(entry) {
        return this.desk.outbox.retry({ ...entry });
    }

    drop(entry) {
        return this.props.ask(_t("What was entered here is lost then, and what follows is sent. Give it up?"), () =>
            this.desk.outbox.drop(entry)
        );
    }
}
