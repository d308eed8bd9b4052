import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { Icon } from "../icon/icon";

/** Where the day begins: scan anything, go on with what was left, or choose what to do. */
export class StartPage extends Component {
    static template = "warehouse_scan.StartPage";
    static components = { Icon };
    static props = { desk: Object, lang: String, startRun: Function, resumeRun: Function, go: Function };

    setup() {
        this.data = useState(this.props.desk.state);
    }

    get left() {
        return this.data.runs.filter((run) => run.flow !== "look_up" && !run.data?.finished);
    }

    goOn(run) {
        return _t("Go on with %(flow)s", { flow: this.labelOf(run) });
    }

    labelOf(run) {
        return this.props.desk.flowOf(run.flow).label;
    }
}
