import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useBus, useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { CheckboxItem } from "@web/core/dropdown/checkbox_item";
import { useModel } from "@web/model/model";
import { useSetupAction } from "@web/search/action_hook";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { ActionHelper } from "@web/views/action_helper";
import { standardViewProps } from "@web/views/standard_view_props";
import { ViewScaleSelector } from "@web/views/view_components/view_scale_selector";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

import { Component, onWillStart, useRef, useState } from "@odoo/owl";

import { ScheduleColumns } from "./schedule_columns";
import { exportSheet } from "./schedule_export";
import { printSchedule } from "./print/schedule_print";
import { SchedulePhone } from "./phone/schedule_phone";
import { ScheduleEffect } from "./effect/schedule_effect";
import { SCALES, zoomed } from "./schedule_scales";
import { useScheduleKeys } from "./schedule_keys";

export class ScheduleController extends Component {
    static template = "web_schedule.ScheduleController";
    static components = {
        ActionHelper,
        CheckboxItem,
        CogMenu,
        Dropdown,
        DropdownItem,
        Layout,
        ScheduleEffect,
        SchedulePhone,
        SearchBar,
        ViewScaleSelector,
    };
    static props = {
        ...standardViewProps,
        archInfo: Object,
        Model: Function,
        Renderer: Function,
    };

    setup() {
        this.action = useService("action");
        this.addDialog = useOwnedDialogs();
        this.rootRef = useRef("root");
        this.model = useModel(this.props.Model, {
            archInfo: this.props.archInfo,
            fields: this.props.fields,
            resModel: this.props.resModel,
            state: this.props.state,
            viewId: this.env.config.viewId,
        });
        this.columns = new ScheduleColumns(
            this.props.archInfo.columns,
            `${this.props.resModel},${this.env.config.viewId}`
        );
        this.state = useState({ isBusy: false, selectedRow: null, columns: 0 });
        this.searchBarToggler = useSearchBarToggler();
        useBus(this.model.bus, "update", () => this.render(true));
        useBus(this.model.bus, "looked", () => this.render());
        useSetupAction({
            rootRef: this.rootRef,
            getLocalState: () => this.model.exportState(),
            beforeLeave: () => this.beforeLeave(),
            beforeUnload: (ev) => this.model.moves.isPending && ev.preventDefault(),
        });
        useScheduleKeys(this.rootRef, this);
        onWillStart(async () => {
            this.mayExport = await user.hasGroup("base.group_allow_export");
        });
    }

    get scales() {
        return SCALES;
    }

    get title() {
        const { focus, scale } = this.model;
        const day = { month: "long", day: "numeric", year: "numeric" };
        return focus.toLocaleString(scale === "day" ? day : { month: "long", year: "numeric" });
    }

    get undatedText() {
        return _t("%(count)s without dates", { count: this.model.undated });
    }

    get canMove() {
        return Object.values(this.props.archInfo.movable).some(Boolean);
    }

    get rendererProps() {
        return {
            model: this.model,
            archInfo: this.props.archInfo,
            columns: this.columns.shown,
            openRecord: (resId) => this.openRecord(resId),
            selectRow: (id) => (this.state.selectedRow = id),
            removeLink: (link) => this.removeLink(link),
            selectedRow: this.state.selectedRow,
        };
    }

    /** One thing at a time: a second click while the server answers is not taken. */
    async run(work) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await work();
        } finally {
            this.state.isBusy = false;
        }
    }

    go(step) {
        return this.run(() => this.model.go(step));
    }

    setScale(scale) {
        return this.run(() => this.model.setScale(scale));
    }

    zoom(step) {
        const scale = zoomed(this.model.scale, step);
        return scale === this.model.scale ? undefined : this.setScale(scale);
    }

    save() {
        return this.run(() => this.model.moves.save());
    }

    discard() {
        this.model.moves.discard();
    }

    undo() {
        return this.run(() => this.model.moves.undo());
    }

    /** Move the selected item by whole steps of the scale, as dragging does. */
    nudge(steps) {
        const row = this.selectedRow;
        if (!row?.resId) {
            return;
        }
        const record = this.model.shown(row.resId);
        const { items, scale, moves } = this.model;
        const step = luxon.Duration.fromObject(SCALES[scale].snap).toMillis();
        const days = items.typeOf("date_start") === "date" ? 86400000 : step;
        const change = items.moved(record, items.movableSides(record), steps * days, scale);
        if (change && !row.isContext) {
            return this.run(() => moves.preview(row.resId, change));
        }
    }

    get selectedRow() {
        return this.model.rows.find((row) => row.id === this.state.selectedRow);
    }

    toggleColumn(name) {
        this.columns.toggle(name);
        this.state.columns++;
    }

    toggleAll() {
        const groups = this.model.rows.filter((row) => row.kind === "group" || row.isSummary);
        const isFolded = groups.every((row) => this.model.folded.has(row.id));
        this.model.folded = new Set(isFolded ? [] : groups.map((row) => row.id));
        this.model.version++;
        this.model.notify();
    }

    openRecord(resId) {
        this.addDialog(FormViewDialog, {
            resModel: this.props.resModel,
            resId,
            context: this.props.context,
            title: this.model.records.get(resId)?.display_name,
            onRecordSaved: () => this.model.reload(),
            canExpand: true,
        });
    }

    create() {
        this.addDialog(FormViewDialog, {
            resModel: this.props.resModel,
            context: this.props.context,
            title: _t("New"),
            onRecordSaved: () => this.model.reload(),
        });
    }

    /** An arrow that was clicked on. */
    removeLink(link) {
        const { linking } = this.model;
        this.addDialog(ConfirmationDialog, {
            title: _t("Remove Link"),
            body: _t("%(link)s: the second item shall not wait for the first one any more?", {
                link: linking.nameOf(link),
            }),
            confirmLabel: _t("Remove"),
            confirm: () => this.run(() => linking.remove(link)),
            cancel: () => {},
        });
    }

    /** The items without dates cannot stand on a timeline: a list shows them. */
    openUndated() {
        const { date_start, date_stop } = this.props.archInfo.roles;
        this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Without Dates"),
            res_model: this.props.resModel,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [...this.props.domain, [date_start, "=", false], [date_stop, "=", false]],
            context: this.props.context,
        });
    }

    print() {
        printSchedule(this.model, this.env.config.getDisplayName() || _t("Timeline"));
    }

    exportSheet() {
        return exportSheet(this.model, this.props.archInfo, this.columns.shown);
    }

    beforeLeave() {
        if (!this.model.moves.isPending) {
            return true;
        }
        return new Promise((resolve) => {
            this.addDialog(ConfirmationDialog, {
                title: _t("Moves Not Saved"),
                body: _t("Bars were moved and not saved. Leave without saving?"),
                confirmLabel: _t("Discard and Leave"),
                confirm: () => resolve(true),
                cancelLabel: _t("Stay"),
                cancel: () => resolve(false),
                dismiss: () => resolve(false),
            });
        });
    }
}
