import { _t } from "@web/core/l10n/translation";
import { Mutex } from "@web/core/utils/concurrency";

import { SIDES } from "./schedule_items";

/** Moves of bars: asked of the server first, shown, then saved or discarded; saved ones can be undone. */
export class ScheduleMoves {
    constructor(model) {
        this.model = model;
        this.undoable = [];
        this.mutex = new Mutex();
        this.clear();
    }

    clear() {
        /** Moved by hand: `{id: {start, stop, was}}` */
        this.moved = {};
        /** These and all that moves with them: `{id: {start, stop}}` */
        this.changes = {};
        this.messages = [];
        this.markers = [];
    }

    get isPending() {
        return Object.keys(this.moved).length > 0;
    }

    get canUndo() {
        return this.undoable.length > 0 && !this.isPending;
    }

    call(method, ...args) {
        const { orm, resModel, viewId, params } = this.model;
        return orm.call(resModel, method, args, {
            context: { ...params.context, schedule_view_id: viewId || false },
        });
    }

    /**
     * Move ends of a record and show what that would do.
     *
     * @param {number} resId
     * @param {Object} change `{start, stop}`, only what moves
     */
    preview(resId, change) {
        return this.mutex.exec(async () => {
            const own = { ...this.moved[resId], ...change, was: this.seen(resId) };
            const moved = { ...this.moved, [resId]: own };
            this.show(moved, await this.call("schedule_preview", moved));
            this.model.notify();
        });
    }

    show(moved, result) {
        this.moved = moved;
        this.changes = result.changes;
        this.messages = result.messages || [];
        this.markers = result.markers || [];
    }

    seen(resId) {
        const record = this.model.records.get(resId);
        return Object.fromEntries(
            Object.entries(SIDES).map(([side, role]) => [side, this.model.items.valueOf(record, role)])
        );
    }

    /** One thing after another; what was written is read. */
    write(work) {
        return this.mutex.exec(async () => {
            await work();
            await this.model.reload();
        });
    }

    /** How the last thing written is taken back, and what is said then. */
    remember(undo, text) {
        this.undoable.push({ undo, text });
    }

    async save() {
        if (!this.isPending) {
            return;
        }
        await this.write(async () => {
            const result = await this.call("schedule_move", this.moved);
            this.clear();
            if (result.undo) {
                this.remember(() => this.call("schedule_move", result.undo), _t("The last move is undone."));
            }
            this.tell(result, _t("The moves are saved."));
        });
    }

    discard() {
        this.clear();
        this.model.notify();
    }

    async undo() {
        if (!this.canUndo) {
            return;
        }
        await this.write(async () => {
            // Where it cannot be undone, because someone else moved the item, it is not tried again.
            const { undo, text } = this.undoable.pop();
            this.tell(await undo(), text);
        });
    }

    tell(result, text) {
        this.model.notification.add([text, ...(result.messages || [])].join("\n"), { type: "success" });
    }

    /** What would move, as lines of a table: records that are loaded by name, others by number. */
    get lines() {
        const { records, items } = this.model;
        return Object.entries(this.changes)
            .map(([id, change]) => ({ resId: parseInt(id), change, record: records.get(parseInt(id)) }))
            .filter(({ record }) => record)
            .map(({ resId, change, record }) => ({
                resId,
                name: record.display_name,
                isByHand: resId in this.moved,
                before: items.momentOf(record, "date_stop", true) || items.momentOf(record, "date_start"),
                after:
                    items.momentOf(this.model.shown(resId), "date_stop", true) ||
                    items.momentOf(this.model.shown(resId), "date_start"),
                change,
            }));
    }

    /** How many move that are not on the part of the timeline that is loaded. */
    get unseen() {
        return Object.keys(this.changes).length - this.lines.length;
    }
}
