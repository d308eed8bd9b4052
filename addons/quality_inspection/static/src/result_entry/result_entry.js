import { Component, onMounted, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { browser } from "@web/core/browser/browser";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { useWayBack } from "../way_back/way_back";
import { ConcludeDialog } from "./conclude_dialog";
import { ConflictDialog } from "./conflict_dialog";
import { EntryCards } from "./entry_cards";
import { EntryCounts } from "./entry_counts";
import { dropDraft, dropOldDrafts } from "./entry_draft";
import { EntryGrid } from "./entry_grid";
import { EntryHeader } from "./entry_header";
import { EntryPapers } from "./entry_papers";
import { EntryPlan } from "./entry_plan";
import { EntrySession, INVALID, OFFLINE, SAVED, STALE } from "./entry_session";
import { targetText, toleranceText, unitText } from "./entry_text";
import { shrinkPhoto } from "./photo_shrink";

const ACROSS = "quality_inspection.entry_across";

/**
 * Entry of the results of one inspection: a grid for the keyboard on a desktop, cards on a phone.
 *
 * Opened as client action `quality_inspection.result_entry` with the inspection as `active_id`.
 */
export class ResultEntry extends Component {
    static template = "quality_inspection.ResultEntry";
    static components = { EntryCards, EntryCounts, EntryGrid, EntryHeader, EntryPapers, EntryPlan, Layout };
    static props = { ...standardActionServiceProps };
    static path = "inspection-entry";
    static displayName = _t("Results");

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.fileViewer = useFileViewer();
        this.back = useWayBack();
        const { action, resId } = this.props;
        const id = Number(action.params?.inspection_id || resId || action.context.active_id);
        this.session = new EntrySession(useService("orm"), id);
        this.state = useState({
            small: this.ui.isSmall,
            busy: false,
            unsent: false,
            problems: [],
            active: null,
            target: null,
            papers: false,
            across: browser.localStorage.getItem(ACROSS) === "1",
        });
        this.store = useState(this.session.store);
        this.canScan = isBarcodeScannerSupported();
        this.keepSoon = useDebounced(() => this.keepDraft(), 300, { immediate: false });
        Object.assign(this, { targetText, toleranceText, unitText });

        useBus(useService("barcode").bus, "barcode_scanned", (ev) => this.onScan(ev.detail.barcode));
        useBus(this.ui.bus, "resize", () => (this.state.small = this.ui.isSmall));
        useExternalListener(window, "online", () => this.state.unsent && this.save());
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        useExternalListener(window, "pagehide", () => this.session.keep());
        useSetupAction({
            beforeLeave: () => this.onLeave(),
            beforeUnload: (ev) => this.onUnload(ev),
            beforeVisibilityChange: () => this.session.keep(),
        });
        onWillStart(() => this.open());
        onMounted(() => this.onOpened());
    }

    get data() {
        return this.store.data;
    }

    get readonly() {
        return !this.data.can_edit;
    }

    get hasMarks() {
        return this.store.gridLines.some((line) => line.kind !== "measure");
    }

    get isSmall() {
        return this.state.small;
    }

    // opening -----------------------------------------------------------------------------------------

    async open() {
        this.opened = await this.session.open();
        dropOldDrafts();
        this.env.config.setDisplayName?.(this.data.name);
        this.props.updateActionState?.({ resId: this.session.id });
    }

    onOpened() {
        const { draft, stale } = this.opened;
        if (draft && this.readonly) {
            this.notification.add(_t("What was typed here and not saved can no longer be entered."), {
                type: "warning",
            });
        } else if (draft && stale) {
            this.askConflict(draft);
        } else if (draft) {
            const date = luxon.DateTime.fromMillis(draft.at).toLocaleString(luxon.DateTime.TIME_SIMPLE);
            this.notification.add(_t("What you typed until %(date)s is here again; it is not saved yet.", { date }), {
                type: "info",
            });
        }
        this.focusFirst();
    }

    focusFirst() {
        if (this.isSmall || this.readonly) {
            return;
        }
        const line = this.store.gridLines.find((one) => !this.store.isLineFilled(one)) || this.store.gridLines[0];
        if (line) {
            let unit = 1;
            while (unit < line.sample_size && this.store.isFilled(line, unit)) {
                unit++;
            }
            this.jump(line, unit);
        }
    }

    /** Something was typed: keep it on this device. */
    onChange() {
        this.keepSoon();
    }

    keepDraft() {
        if (!this.session.keep() && !this.warned) {
            this.warned = true;
            this.notification.add(_t("This device keeps no drafts: save before you close or reload the page."), {
                type: "warning",
            });
        }
    }

    jump(line, unit) {
        this.state.target = { line, unit };
    }

    get shownProblems() {
        const { store } = this;
        return this.state.problems.filter(({ line, unit }) => {
            if (!line || (unit && line.kind !== "measure")) {
                return true;
            }
            return unit ? store.cellError(line, unit) : store.defectsError(line);
        });
    }

    // saving --------------------------------------------------------------------------------------------

    /** @returns {Promise<boolean>} whether all that was typed is saved */
    async save() {
        this.state.busy = true;
        let answer;
        try {
            answer = await this.session.save();
        } finally {
            this.state.busy = false;
        }
        const { result } = answer;
        this.state.problems = answer.problems || [];
        this.state.unsent = result === OFFLINE;
        if (result === INVALID) {
            const [first] = answer.problems;
            if (first.line) {
                this.jump(first.line, first.unit || 1);
            }
        } else if (result === STALE) {
            this.onStale(answer.data);
        }
        return result === SAVED;
    }

    async onSave() {
        if (await this.save()) {
            this.notification.add(_t("Saved"), { type: "success" });
        }
    }

    onStale(data) {
        const draft = { edits: this.store.edits };
        this.store.load(data);
        this.askConflict(draft);
    }

    askConflict(draft) {
        this.dialog.add(ConflictDialog, {
            data: this.data,
            onKeep: () => this.session.take(draft),
            onDiscard: () => this.session.discard(),
        });
    }

    async onConclude() {
        if (!(await this.save())) {
            return;
        }
        await this.refresh();
        this.dialog.add(ConcludeDialog, { data: this.data, onConcluded: (answer) => this.onConcluded(answer) });
    }

    async onConcluded(answer) {
        dropDraft(this.session.id);
        await this.refresh();
        this.tellConcluded();
        if (answer && answer.type) {
            await this.action.doAction(answer);
        } else {
            this.back();
        }
    }

    /** What was rejected has its report: its name, and the way to it with one click. */
    tellConcluded() {
        const { name, nonconformity } = this.data;
        if (!nonconformity) {
            this.notification.add(_t("%(name)s is concluded.", { name }), { type: "success" });
            return;
        }
        const close = this.notification.add(
            _t("%(name)s is concluded; what was rejected is in %(report)s.", { name, report: nonconformity.name }),
            {
                type: "warning",
                buttons: [
                    {
                        name: _t("See the Report"),
                        primary: true,
                        onClick: () => {
                            close();
                            this.openNonconformity();
                        },
                    },
                ],
            }
        );
    }

    /** Also from the notification, which outlives this screen and its services. */
    openNonconformity() {
        return this.env.services.action.doAction({
            type: "ir.actions.act_window",
            res_model: "quality.nonconformity",
            res_id: this.data.nonconformity.id,
            views: [[false, "form"]],
        });
    }

    /** Leaving saves; what cannot be saved stays on this device. */
    async onLeave() {
        if (!this.readonly && this.store.isDirty && !(await this.save())) {
            this.session.keep();
            this.notification.add(_t("Not saved; what you typed is kept on this device."), { type: "warning" });
        }
        return true;
    }

    onUnload(ev) {
        if (!this.session.keep()) {
            ev.preventDefault();
            ev.returnValue = "";
        }
    }

    // pasting and scanning ----------------------------------------------------------------------------

    onPaste(text, { line, unit }) {
        const { filled, problems } = this.store.paste(text, unit, line);
        this.state.problems = problems;
        const count = problems.length;
        this.notification.add(
            count
                ? _t("Cells filled: %(filled)s, problems: %(count)s", { filled, count })
                : _t("Cells filled: %(filled)s", { filled }),
            { type: count ? "warning" : "success" }
        );
        this.onChange();
    }

    onScan(code, line) {
        if (this.readonly) {
            return;
        }
        const { unit, error } = this.store.unitOfSerial(code);
        if (error) {
            this.notification.add(error, { type: "danger" });
            return;
        }
        const [first] = this.store.gridLines;
        const active = this.state.active?.line;
        this.jump(line || (active?.per_unit ? active : first), unit);
        window.navigator.vibrate?.(100);
        this.onChange();
    }

    async onScanCamera() {
        const code = await scanBarcode(this.env).catch((error) => {
            this.notification.add(error.message, { type: "warning" });
        });
        if (code) {
            this.onScan(code);
        }
    }

    // documents ---------------------------------------------------------------------------------------------

    async onMissing() {
        await this.action.doAction("quality_inspection.quality_inspection_missing_action", {
            additionalContext: { active_id: this.session.id, active_ids: [this.session.id] },
            onClose: () => this.refresh(),
        });
    }

    async onComplete() {
        await this.session.call("action_documents_complete");
        await this.refresh();
    }

    async refresh() {
        await this.session.reload();
    }

    // photos ----------------------------------------------------------------------------------------------

    async onPhoto(line, files) {
        this.state.busy = true;
        try {
            for (const file of files) {
                await this.session.addPhoto(line, await shrinkPhoto(file));
            }
        } finally {
            this.state.busy = false;
        }
    }

    onPhotoOpen(line, photo) {
        const files = line.attachments.map(({ id, name }) => ({
            id,
            name,
            displayName: name,
            isImage: true,
            isViewable: true,
            defaultSource: `/web/image/${id}`,
            downloadUrl: `/web/content/${id}?download=true`,
        }));
        this.fileViewer.open(
            files.find((file) => file.id === photo.id),
            files
        );
    }

    onPhotoRemove(line, photo) {
        this.dialog.add(ConfirmationDialog, {
            body: _t("Remove the photo %(name)s?", { name: photo.name }),
            confirmLabel: _t("Remove"),
            confirm: () => this.session.removePhoto(line, photo.id),
            cancel: () => {},
        });
    }

    // keys ------------------------------------------------------------------------------------------------

    onKeydown(ev) {
        if ((ev.ctrlKey || ev.metaKey) && ev.key === "s" && !this.readonly) {
            ev.preventDefault();
            this.onSave();
        }
    }

    onActive({ line, unit }) {
        this.state.active = { line, unit };
    }

    toggleAcross() {
        this.state.across = !this.state.across;
        browser.localStorage.setItem(ACROSS, this.state.across ? "1" : "0");
    }

    togglePapers() {
        this.state.papers = !this.state.papers;
    }
}

registry.category("actions").add("quality_inspection.result_entry", ResultEntry);
