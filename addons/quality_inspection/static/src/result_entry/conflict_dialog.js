import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** Somebody saved meanwhile: whose results are kept is the inspector's choice, cell by cell his own. */
export class ConflictDialog extends Component {
    static template = "quality_inspection.ConflictDialog";
    static components = { Dialog };
    static props = {
        data: Object,
        close: Function,
        onKeep: Function,
        onDiscard: Function,
    };

    get text() {
        const { saved_by: name, saved_at: at, revision } = this.props.data;
        if (!name || !at) {
            return _t("The results have changed meanwhile (revision %(revision)s).", { revision });
        }
        return _t("%(name)s saved results on %(date)s (revision %(revision)s), after you had opened them.", {
            name,
            date: toLocaleDateTimeString(deserializeDateTime(at)),
            revision,
        });
    }

    keep() {
        this.props.close();
        this.props.onKeep();
    }

    discard() {
        this.props.close();
        this.props.onDiscard();
    }
}
