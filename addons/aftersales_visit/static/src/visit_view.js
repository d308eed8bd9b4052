import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { SignaturePad } from "./signature_pad";
import { VisitCheck } from "./visit_check";

const toNumber = (text) => Number(String(text || 0).replace(/[,，]/, "."));

/** One visit: where, what, the checklist, parts, hours, the customer's signature. */
export class VisitView extends Component {
    static template = "aftersales_visit.VisitView";
    static props = { book: Object, visit: Object, say: Function };
    static components = { SignaturePad, VisitCheck };

    setup() {
        const { book, visit } = this.props;
        this.book = useState(book.state);
        const draft = book.state.drafts[visit.id] || {};
        this.state = useState({
            part: "",
            quantity: "1",
            hours: { ...visit.hours },
            workDone: draft.workDone ?? visit.work_done,
            signer: draft.signer ?? (visit.signer || visit.contact),
            unsignedWhy: "",
            unsignedNote: "",
            signature: "",
            isBusy: false,
        });
    }

    get visit() {
        return this.props.visit;
    }

    get isOpen() {
        return ["planned", "under_way"].includes(this.visit.state);
    }

    get mapUrl() {
        const query = encodeURIComponent(this.visit.address);
        return /iPhone|iPad/.test(navigator.userAgent) ? `maps://?q=${query}` : `geo:0,0?q=${query}`;
    }

    get stock() {
        return this.book.stock.filter((row) => row.company === this.visit.company);
    }

    enter(method, said) {
        return this.props.say(() => this.props.book.enter(this.visit, method, said));
    }

    draft() {
        const { workDone, signer } = this.state;
        return this.props.book.draft(this.visit, { workDone, signer });
    }

    onSign(signature) {
        this.state.signature = signature;
    }

    async usePart() {
        const row = this.stock[Number(this.state.part)];
        const quantity = toNumber(this.state.quantity);
        if (this.state.part === "" || !row) {
            return this.props.say(_t("Choose the part."));
        }
        if (!(quantity > 0)) {
            return this.props.say(_t("Say how many were used: more than zero."));
        }
        if (quantity > row.quantity) {
            return this.props.say(
                _t("You do not have so many of %(part)s: %(there)s.", { part: row.name, there: row.quantity })
            );
        }
        const shown = { name: row.name, lot_name: row.lot_name, unit: row.unit };
        await this.enter("part", { product: row.product, lot: row.lot || false, quantity, shown });
        Object.assign(this.state, { part: "", quantity: "1" });
    }

    async enterHours() {
        const { work, travel, cost } = this.state.hours;
        const said = { work: toNumber(work), travel: toNumber(travel), cost: toNumber(cost) };
        if (Object.values(said).some((number) => !(number >= 0))) {
            return this.props.say(_t("Hours and costs are numbers, zero or more."));
        }
        await this.enter("hours", said);
    }

    /** What is missing before the customer's signature is taken; the server looks at the same. */
    get missing() {
        const { checks, hours } = this.visit;
        const isAbsent = this.state.unsignedWhy === "absent"; // he may stand before a locked gate
        const open = checks.find(
            (check) => !(check.kind === "yes_no" ? check.yes_no : check.answer) || (check.photo && !check.photos)
        );
        if (open && !isAbsent) {
            const isAnswered = open.kind === "yes_no" ? open.yes_no : open.answer;
            return isAnswered
                ? _t("Checklist: take the photo of %(point)s.", { point: open.name })
                : _t("Checklist: %(point)s is open.", { point: open.name });
        }
        if (!(hours.work > 0 || (isAbsent && hours.travel > 0))) {
            return _t("Enter the working hours.");
        }
        if ((this.state.workDone || "").trim().length < 2) {
            return _t("Write what was done.");
        }
        if (this.state.unsignedWhy) {
            return this.state.unsignedNote.trim().length < 2 ? _t("Write what happened.") : "";
        }
        return this.state.signature && this.state.signer.trim() ? "" : _t("The customer signs, with his name.");
    }

    async complete() {
        if (this.missing) {
            return this.props.say(this.missing);
        }
        if (this.state.isBusy) {
            return; // touched twice: signed once
        }
        this.state.isBusy = true;
        const { workDone, signer, signature, unsignedWhy, unsignedNote } = this.state;
        const proof = unsignedWhy ? { unsigned_why: unsignedWhy, unsigned_note: unsignedNote } : { signer, signature };
        await this.enter("complete", { work_done: workDone, ...proof });
        this.state.isBusy = false;
    }
}
