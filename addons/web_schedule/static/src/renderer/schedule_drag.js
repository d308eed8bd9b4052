import { showShort, toWall } from "../schedule_dates";

/** Dragging a bar: it moves, the server says what would follow, and nothing is saved yet. */
export class ScheduleDrag {
    constructor(chart) {
        this.chart = chart;
        this.model = chart.model;
        this.gantt = chart.gantt;
        this.dragged = null;
        this.gantt.attachEvent("onBeforeTaskDrag", (id, mode) => this.mayDrag(id, mode));
        this.gantt.attachEvent("onTaskDrag", (id, mode, task) =>
            chart.layers.drawDrag(this.changeOf(task, mode), task)
        );
        this.gantt.attachEvent("onAfterTaskDrag", (id, mode) => this.drop(id, mode));
    }

    sidesOf({ row }) {
        return row.resId && !row.isContext ? this.model.items.movableSides(this.model.shown(row.resId)) : [];
    }

    mayDrag(id, mode) {
        const task = this.gantt.getTask(id);
        const sides = this.sidesOf(task);
        if (mode === "resize") {
            return sides.length > 0 && task.type !== "milestone";
        }
        return mode === "move" && sides.length > 0;
    }

    /** What a drag amounts to, as `{start, stop}`; null where nothing would move. */
    changeOf(task, mode) {
        const { items, scale } = this.model;
        const record = this.model.shown(task.row.resId);
        const span = items.spanOf(record, "planned");
        const isPoint = task.type === "milestone";
        const shifts = {
            start: task.start_date - toWall(isPoint ? span.stop : span.start),
            stop: task.end_date - toWall(span.stop),
        };
        const movable = this.sidesOf(task);
        if (mode === "move") {
            return items.moved(record, movable, shifts.start, scale);
        }
        const side = Math.abs(shifts.start) > Math.abs(shifts.stop) ? "start" : "stop";
        return movable.includes(side) ? items.moved(record, [side], shifts[side], scale) : null;
    }

    async drop(id, mode) {
        const task = this.gantt.getTask(id);
        const change = this.changeOf(task, mode);
        this.chart.layers.clearDrag();
        this.dragged = id;
        if (!change) {
            this.chart.showMoves();
            return;
        }
        try {
            await this.model.moves.preview(task.row.resId, change);
        } catch (error) {
            // A refused move goes back to where it came from.
            if (!this.chart.isDestroyed) {
                this.chart.showMoves();
            }
            throw error;
        }
    }

    /** The dates of a change in words, for the label at the pointer. */
    words(change, task) {
        if (!change) {
            return "";
        }
        const record = { ...this.model.shown(task.row.resId) };
        for (const [side, role] of [
            ["start", "date_start"],
            ["stop", "date_stop"],
        ]) {
            if (change[side]) {
                record[this.model.archInfo.roles[role]] = change[side];
            }
        }
        const span = this.model.items.spanOf(record, "planned");
        return `${showShort(span.start)} – ${showShort(span.stop)}`;
    }
}
