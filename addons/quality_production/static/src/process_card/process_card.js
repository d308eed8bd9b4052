import { Component, onWillStart, useRef, useState } from "@odoo/owl";

import { useWayBack } from "@quality_inspection/way_back/way_back";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { CardFormDialog } from "./card_form_dialog";
import { CardOperation } from "./card_operation";

/**
 * The process card on the phone: scan its code, check, sign.
 *
 * It draws what `process.card.get_page_data` says and calls the actions of the models; rules stand there.
 */
export class ProcessCardPage extends Component {
    static template = "quality_production.ProcessCardPage";
    static components = { CardOperation };
    static props = { ...standardActionServiceProps, resId: { type: [Number, Boolean], optional: true } };
    static displayName = _t("Process Card");

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.notification = useService("notification");
        this.back = useWayBack("quality_production.process_card_action");
        this.codeRef = useRef("code");
        this.cameraSupported = isBarcodeScannerSupported();
        this.state = useState({ card: false, code: "", busy: false, open: false });
        useBus(useService("barcode").bus, "barcode_scanned", ({ detail }) => this.find(detail.barcode));
        onWillStart(() => {
            const { action, resId } = this.props;
            const id = resId || action.params?.card_id || action.context?.active_id;
            return id ? this.load(id) : undefined;
        });
    }

    async load(id) {
        this.setCard(await this.orm.call("process.card", "get_page_data", [[id]]));
        this.props.updateActionState?.({ resId: id });
        this.env.config.setDisplayName?.(this.state.card.name);
    }

    setCard(card) {
        this.state.card = card;
        const open = card.lines.find((line) => line.id === this.state.open);
        if (!open || !["todo", "failed", "waiting"].includes(open.state)) {
            this.state.open = card.lines.find((line) => ["todo", "failed"].includes(line.state))?.id || false;
        }
    }

    async find(code) {
        if (!code || this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const id = await this.orm.call("process.card", "find_card", [code]);
            if (id) {
                this.state.open = false;
                await this.load(id);
            } else {
                this.notification.add(_t("No process card for %s.", code), { type: "danger" });
            }
        } finally {
            this.state.busy = false;
            this.state.code = "";
        }
    }

    async scanWithCamera() {
        const code = await scanBarcode(this.env);
        if (code) {
            await this.find(code);
        }
    }

    onCodeKeydown(ev) {
        if (ev.key === "Enter") {
            this.find(this.state.code);
        }
    }

    leave() {
        this.state.card = false;
        this.state.open = false;
    }

    /** Call an action of the card or of one of its rows, then draw the card as it is now. */
    async run(model, method, id, args = [], kwargs = {}, message = false) {
        this.state.busy = true;
        try {
            await this.orm.call(model, method, [[id], ...args], kwargs);
            if (message) {
                this.notification.add(message, { type: "success" });
            }
        } finally {
            this.state.busy = false;
            await this.load(this.state.card.id);
        }
    }

    ask(title, fields, confirm, options = {}) {
        this.dialog.add(CardFormDialog, { title, fields, confirm, ...options });
    }

    time(value) {
        return value ? toLocaleDateTimeString(deserializeDateTime(value)) : "";
    }

    // Received components

    checkReceived() {
        return this.run("process.card", "action_check_received", this.state.card.id, [], {}, _t("Signed."));
    }

    objectReceived() {
        this.ask(
            _t("What is wrong with the received components?"),
            [
                { name: "product_id", label: _t("Component"), type: "select", options: this.componentOptions },
                { name: "note", label: _t("What is wrong"), type: "text", required: true },
            ],
            ({ product_id, note }) =>
                this.run("process.card", "action_check_received", this.state.card.id, [], {
                    result: "ng",
                    note,
                    product_id: parseInt(product_id) || null,
                }),
            { danger: true, confirmLabel: _t("Report to Quality") }
        );
    }

    get componentOptions() {
        return this.state.card.components.map((component) => [component.id, component.name]);
    }

    get lineOptions() {
        return this.state.card.lines.map((line) => [line.id, line.name]);
    }

    // Operations

    toggle(line) {
        this.state.open = this.state.open === line.id ? false : line.id;
    }

    selfCheck(line, draft) {
        return this.run(
            "process.card.line",
            "action_self_check",
            line.id,
            [],
            { answers: draft.answers, note: draft.note, minutes: draft.minutes, result: draft.result },
            draft.result === "ok" ? _t("Signed.") : false
        );
    }

    confirmLine(line) {
        const confirm = ({ note }) =>
            this.run("process.card.line", "action_quality_confirm", line.id, [note || null], {}, _t("Confirmed."));
        this.ask(
            _t("Confirm %s", line.name),
            [
                {
                    name: "note",
                    label: line.control_method ? _t("Note") : _t("How it was controlled"),
                    type: "text",
                    required: !line.control_method,
                },
            ],
            confirm,
            { text: line.control_method, confirmLabel: _t("Confirm and Sign") }
        );
    }

    rejectLine(line) {
        this.ask(
            _t("%s is not right", line.name),
            [{ name: "note", label: _t("What is wrong"), type: "text", required: true }],
            ({ note }) => this.run("process.card.line", "action_quality_reject", line.id, [note]),
            { danger: true, confirmLabel: _t("Send to Rework") }
        );
    }

    reportTime(line) {
        this.ask(
            _t("%s takes another time", line.name),
            [
                { name: "minutes", label: _t("Minutes per cycle (empty: as measured)"), type: "number" },
                { name: "reason", label: _t("Why"), type: "text", required: true },
            ],
            ({ minutes, reason }) =>
                this.run(
                    "process.card.line",
                    "action_report_time",
                    line.id,
                    [reason, minutes === "" ? null : parseFloat(minutes)],
                    {},
                    _t("Reported to the planners.")
                )
        );
    }

    openInspection(inspection) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "quality.inspection",
            res_id: inspection.id,
            views: [[false, "form"]],
        });
    }

    // Missing parts, defects, daily check

    reportMissing() {
        this.ask(
            _t("Which part is missing?"),
            [
                {
                    name: "product_id",
                    label: _t("Part"),
                    type: "select",
                    options: this.componentOptions,
                    required: true,
                },
                { name: "quantity", label: _t("Quantity"), type: "number", value: 1, required: true },
                { name: "note", label: _t("Note"), type: "text" },
            ],
            ({ product_id, quantity, note }) =>
                this.run("process.card", "action_report_missing", this.state.card.id, [
                    parseInt(product_id),
                    parseFloat(quantity),
                    note || null,
                ]),
            { confirmLabel: _t("Write on the Card") }
        );
    }

    async partInstalled(part) {
        await this.run("process.card.missing", "action_installed", part.id, [], {}, _t("Signed."));
    }

    reportDefect() {
        this.ask(
            _t("What is wrong?"),
            [
                { name: "description", label: _t("What is wrong"), type: "text", required: true },
                { name: "photos", label: _t("Photos"), type: "photos" },
                { name: "line_id", label: _t("Operation"), type: "select", options: this.lineOptions },
                {
                    name: "product_id",
                    label: _t("Component (empty: the product itself)"),
                    type: "select",
                    options: this.componentOptions,
                },
                { name: "quantity", label: _t("Quantity"), type: "number", value: 1, required: true },
                {
                    name: "severity",
                    label: _t("Severity"),
                    type: "select",
                    value: "minor",
                    required: true,
                    options: [
                        ["minor", _t("Minor")],
                        ["major", _t("Major")],
                        ["critical", _t("Critical")],
                    ],
                },
            ],
            (values) =>
                this.run(
                    "process.card",
                    "action_report_defect",
                    this.state.card.id,
                    [values.description],
                    {
                        line_id: parseInt(values.line_id) || null,
                        product_id: parseInt(values.product_id) || null,
                        quantity: parseFloat(values.quantity),
                        severity: values.severity,
                        photos: [...values.photos],
                    },
                    _t("Reported to quality and the team leader.")
                ),
            { danger: true, confirmLabel: _t("Report") }
        );
    }

    checkToday() {
        return this.run("process.card", "action_daily_check", this.state.card.id, [], {}, _t("Signed."));
    }

    checkTodayProblem() {
        this.ask(
            _t("Daily check: a problem"),
            [
                { name: "note", label: _t("Problem"), type: "text", required: true },
                { name: "measure", label: _t("Measure taken"), type: "text", required: true },
            ],
            ({ note, measure }) =>
                this.run("process.card", "action_daily_check", this.state.card.id, [], { result: "ng", note, measure }),
            { confirmLabel: _t("Sign") }
        );
    }

    openForm() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "process.card",
            res_id: this.state.card.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("quality_production.process_card", ProcessCardPage);
