import { Component, useState, onWillUpdateProps } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const TONES = { todo: "secondary", failed: "danger", waiting: "warning", done: "success", skipped: "secondary" };
const ICONS = {
    todo: "fa-circle-o",
    failed: "fa-wrench",
    waiting: "fa-hourglass-half",
    done: "fa-check",
    skipped: "fa-ban",
};

/** One operation on the process card with its control points; what is typed stays here until it is signed. */
export class CardOperation extends Component {
    static template = "quality_production.CardOperation";
    static props = {
        line: Object,
        rights: Object,
        closed: Boolean,
        isOpen: Boolean,
        busy: Boolean,
        time: Function,
        toggle: Function,
        selfCheck: Function,
        confirm: Function,
        reject: Function,
        reportTime: Function,
        openInspection: Function,
    };

    setup() {
        this.notification = useService("notification");
        this.state = useState(this.emptyDraft(this.props.line));
        onWillUpdateProps((next) => {
            if (next.line.state !== this.props.line.state) {
                Object.assign(this.state, this.emptyDraft(next.line));
            }
        });
    }

    emptyDraft(line) {
        const answers = {};
        for (const point of line.points) {
            answers[point.id] = { result: false, value: "" };
        }
        return { answers, note: "", minutes: "", missing: false };
    }

    get tone() {
        return TONES[this.props.line.state];
    }

    get icon() {
        return ICONS[this.props.line.state];
    }

    get canSign() {
        return !this.props.closed && this.props.rights.operator && ["todo", "failed"].includes(this.props.line.state);
    }

    get canConfirm() {
        const { line, rights, closed } = this.props;
        return !closed && rights.quality && line.state === "waiting" && line.self_checked_by_id !== rights.user_id;
    }

    get canReject() {
        const { line, rights, closed } = this.props;
        return !closed && rights.quality && ["waiting", "done"].includes(line.state);
    }

    isAnswered(point) {
        const answer = this.state.answers[point.id];
        return point.kind === "check" ? Boolean(answer.result) : answer.value !== "" && !isNaN(answer.value);
    }

    answer(point, result) {
        this.state.answers[point.id].result = result;
    }

    /** A gauge that acts as a keyboard ends each value with Enter: the next one belongs to the next point. */
    onValueKey(ev) {
        if (ev.key !== "Enter" || ev.isComposing) {
            return;
        }
        ev.preventDefault();
        const inputs = [...ev.target.closest(".o_process_operation").querySelectorAll(".o_process_value input")];
        const next = inputs[inputs.indexOf(ev.target) + 1];
        ev.target.blur();
        next?.focus();
        next?.select();
    }

    get hasBad() {
        return Object.values(this.state.answers).some((answer) => answer.result === "ng");
    }

    sign(result) {
        const open = this.props.line.points.filter((point) => !this.isAnswered(point));
        this.state.missing = open.length > 0;
        if (open.length) {
            this.notification.add(_t("Answer all control points first."), { type: "warning" });
            return;
        }
        if ((result === "ng" || this.hasBad) && !this.state.note.trim()) {
            this.notification.add(_t("Write what is wrong."), { type: "warning" });
            return;
        }
        const answers = {};
        for (const point of this.props.line.points) {
            const answer = this.state.answers[point.id];
            answers[point.id] =
                point.kind === "check" ? { result: answer.result } : { value: parseFloat(answer.value) };
        }
        const minutes = this.state.minutes === "" ? null : parseFloat(this.state.minutes);
        this.props.selfCheck(this.props.line, { answers, note: this.state.note || null, minutes, result });
    }
}
