import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { scaleDown } from "@web_outbox/photo";

/** One point of the checklist. */
export class VisitCheck extends Component {
    static template = "aftersales_visit.VisitCheck";
    static props = { book: Object, visit: Object, check: Object, isOpen: Boolean, say: Function };

    setup() {
        this.state = useState({ isBusy: false });
    }

    get number() {
        const text = String(this.props.check.answer || "").trim();
        return text ? Number(text.replace(/[,，。]/, ".")) : NaN;
    }

    get isBad() {
        const { kind, yes_no: yesNo, limits, minimum, maximum } = this.props.check;
        if (kind === "yes_no") {
            return yesNo === "no";
        }
        const low = ["at_least", "between"].includes(limits) && this.number < minimum;
        const high = ["at_most", "between"].includes(limits) && this.number > maximum;
        return kind === "value" && (low || high);
    }

    async enter(said) {
        const { book, visit, check, say } = this.props;
        if (check.kind === "value" && said.answer && isNaN(Number(said.answer.replace(/[,，。]/, ".")))) {
            return say(_t("%(point)s: %(value)s is no number.", { point: check.name, value: said.answer }));
        }
        await say(() => book.enter(visit, "check", { check: check.id, ...said }));
    }

    async photograph(event) {
        const { book, visit, check, say } = this.props;
        const [file] = event.target.files;
        event.target.value = "";
        if (!file) {
            return;
        }
        this.state.isBusy = true;
        try {
            const photo = await scaleDown(file).catch(() => null);
            if (photo) {
                const said = { check: check.id, name: `${check.name}.jpg` };
                await say(() => book.enter(visit, "photo", said, { photo }));
            } else {
                say(_t("This is no picture that this phone can read: take another photo."));
            }
        } finally {
            this.state.isBusy = false;
        }
    }
}
