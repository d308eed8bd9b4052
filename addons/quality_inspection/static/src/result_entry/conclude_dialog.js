import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { AmbiguousNumber, NotANumber, readNumber, showNumber } from "./entry_numbers";

/**
 * What the verdict will be, as the server says it, with the findings; then the verdict itself.
 *
 * A refusal of the server is shown here, and the dialog stays: what was typed is not lost.
 */
export class ConcludeDialog extends Component {
    static template = "quality_inspection.ConcludeDialog";
    static components = { Dialog };
    static props = {
        data: Object,
        close: Function,
        onConcluded: Function,
        onMissing: { type: Function, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        const { preview } = this.props.data;
        this.state = useState({
            accepted: preview && typeof preview.accepted === "number" ? showNumber(preview.accepted) : "",
            note: "",
            findings: {},
            error: "",
            busy: false,
        });
    }

    get title() {
        return _t("Conclude %(name)s", { name: this.props.data.name });
    }

    get preview() {
        return this.props.data.preview || {};
    }

    /** The accepted quantity is asked only where the results leave it open. */
    get asksAccepted() {
        const { verdict, lowest, highest } = this.preview;
        return Boolean(verdict) && typeof highest === "number" && lowest !== highest;
    }

    get rangeText() {
        const { lowest, highest } = this.preview;
        return _t("The results allow %(lowest)s to %(highest)s; the rest becomes a nonconformity.", {
            lowest: showNumber(lowest),
            highest: showNumber(highest),
        });
    }

    /** What is accepted by its numbers does not look so while something else blocks its release. */
    get tone() {
        if (this.preview.blocked) {
            return "alert-warning";
        }
        return { accept: "alert-success", reject: "alert-danger" }[this.preview.verdict] || "alert-warning";
    }

    sampleTone(sample) {
        const accepted = this.preview.blocked ? "text-body" : "text-success";
        return { accept: accepted, reject: "text-danger" }[sample.decision] || "text-muted";
    }

    sampleText(sample) {
        return { accept: _t("Accepted"), reject: _t("Rejected") }[sample.decision] || _t("Pending");
    }

    setFinding(name, ev) {
        this.state.findings[name] = ev.target.checked;
    }

    /** Nothing typed, nothing sent: then the server's own count counts. */
    readAccepted() {
        const { preview } = this;
        const text = this.state.accepted.trim();
        if (!this.asksAccepted || !text || text === showNumber(preview.accepted || 0)) {
            return null;
        }
        return readNumber(text);
    }

    async confirm() {
        this.state.error = "";
        this.state.busy = true;
        try {
            const answer = await this.orm.call("quality.inspection", "action_conclude", [[this.props.data.id]], {
                accepted: this.readAccepted(),
                note: this.state.note.trim() || null,
                findings: { ...this.state.findings },
            });
            this.props.close();
            this.props.onConcluded(answer);
        } catch (error) {
            const known = error instanceof AmbiguousNumber || error instanceof NotANumber;
            const message = known ? error.message : error.data?.message;
            if (!message) {
                throw error;
            }
            this.state.error = message;
        } finally {
            this.state.busy = false;
        }
    }
}
