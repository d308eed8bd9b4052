import { _t } from "@web/core/l10n/translation";

const KINDS = { f: _t("finish to start"), s: _t("start to start") };

/**
 * Links by the mouse: a line is drawn from the end of a bar (finish to start) or from its start (start to start) to the bar
 * that shall wait; a click on an arrow takes it away.
 */
export class ScheduleLinking {
    constructor(chart) {
        this.chart = chart;
        this.model = chart.model;
        this.onMove = (ev) => this.move(ev);
        this.onDrop = (ev) => this.drop(ev);
        // Before the drawing library, which knows this gesture for links of its own.
        chart.el.addEventListener("mousedown", (ev) => this.begin(ev), { capture: true });
        chart.el.addEventListener("click", (ev) => this.pick(ev));
    }

    begin(ev) {
        const control = ev.target.closest(".gantt_link_control");
        if (!control || ev.button) {
            return;
        }
        ev.stopPropagation();
        ev.preventDefault();
        const row = this.rowAt(ev);
        if (!row || !this.model.linking.isOpen) {
            return;
        }
        this.from = { resId: row.resId, letter: control.classList.contains("task_start_date") ? "s" : "f" };
        this.chart.gantt.ext.tooltips.tooltip.hide();
        document.addEventListener("mousemove", this.onMove);
        document.addEventListener("mouseup", this.onDrop);
    }

    move(ev) {
        const { arrows, label } = this.chart.layers;
        const target = this.targetAt(ev);
        this.mark(target && ev.target.closest(".gantt_task_line"));
        const end = arrows.drawDraft(this.from, ev);
        label.textContent = target ? this.words(target) : "";
        label.style.left = `${end.x + 12}px`;
        label.style.setProperty("--row-top", `${end.y + 8}px`);
        label.classList.toggle("o_shown", Boolean(target));
    }

    async drop(ev) {
        const { from } = this;
        const target = this.targetAt(ev);
        this.stop();
        if (target) {
            await this.model.linking.add(from.resId, target.resId, `${from.letter}s`);
        }
    }

    stop() {
        document.removeEventListener("mousemove", this.onMove);
        document.removeEventListener("mouseup", this.onDrop);
        this.from = null;
        this.mark(null);
        this.chart.layers.arrows.clearDraft();
        this.chart.layers.clearDrag();
    }

    /** A click on an arrow. */
    pick(ev) {
        const element = ev.target.closest(".o_schedule_link");
        const link = element && this.model.links.get(parseInt(element.dataset.linkId));
        if (link && this.model.linking.isOpen) {
            this.chart.answers.unlink(link);
        }
    }

    words(target) {
        const name = this.model.linking.nameOf({ source: this.from.resId, target: target.resId });
        return `${name} (${KINDS[this.from.letter]})`;
    }

    mark(element) {
        if (this.marked !== element) {
            this.marked?.classList.remove("o_link_target");
            element?.classList.add("o_link_target");
            this.marked = element;
        }
    }

    /** The bar that would wait: another one than that which the line comes from. */
    targetAt(ev) {
        const row = this.rowAt(ev);
        return row && row.resId !== this.from.resId ? row : null;
    }

    rowAt(ev) {
        const id = ev.target.closest?.(".gantt_task_line")?.dataset.taskId;
        const row = id && this.chart.gantt.isTaskExists(id) && this.chart.gantt.getTask(id).row;
        return row?.resId ? row : null;
    }
}
