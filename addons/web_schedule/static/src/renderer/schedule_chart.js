import { configure, drawnColumns, layoutOf } from "./schedule_chart_config";
import { ScheduleDrag } from "./schedule_drag";
import { ScheduleLayers } from "./schedule_layers";
import { ScheduleLinking } from "./schedule_linking";
import { drawnTask } from "./schedule_drawn";
import { drawnScales, SCALES } from "../schedule_scales";
import { fromWall, toWall } from "../schedule_dates";

/** Where the focus stands in the part of the timeline that is seen: at a quarter of its width. */
const FOCUS = 0.25;
/** The columns take at most this part of the width; the others are scrolled to. */
const GRID = 0.45;
const BAR_MARGIN = 40;

/** The chart of the drawing library, kept the same as the model. */
export class ScheduleChart {
    /**
     * @param {HTMLElement} el
     * @param {import("../schedule_model").ScheduleModel} model
     * @param {{open: Function, select: Function, unlink: Function}} answers to a double click, to a click, and to one
     *      on an arrow
     */
    constructor(el, model, answers) {
        this.el = el;
        this.model = model;
        this.answers = answers;
        this.gantt = window.Gantt.getGanttInstance();
        this.layers = new ScheduleLayers(this);
        this.drag = new ScheduleDrag(this);
        this.linking = new ScheduleLinking(this);
        this.visible = [];
        configure(this.gantt, model);
        this.listen();
    }

    listen() {
        const { gantt } = this;
        const on = (name, answer) => gantt.attachEvent(name, (...args) => answer(...args) ?? true);
        on("onTaskSelected", (id) => this.answers.select(id));
        on("onTaskDblClick", (id) => {
            const { row } = gantt.getTask(id);
            gantt.ext.tooltips.tooltip.hide();
            if (row.resId) {
                this.answers.open(row.resId);
            }
            return false;
        });
        on("onTaskOpened", (id) => this.onFolded(id, false));
        on("onTaskClosed", (id) => this.onFolded(id, true));
        on("onBeforeLightbox", () => false);
        on("onGanttRender", () => this.layers.draw());
        on("onGanttScroll", () => this.onScroll());
    }

    destroy() {
        this.isDestroyed = true;
        this.linking.stop();
        this.gantt.destructor();
    }

    // Keeping up with the model -----------------------------------------------

    sync(columns) {
        const isNew = !this.isStarted;
        const isRead = this.version !== this.model.version || this.scale !== this.model.scale;
        const hasColumns = this.columns !== columns.map((column) => column.name).join();
        if (isNew || hasColumns) {
            this.columns = columns.map((column) => column.name).join();
            this.layOut(drawnColumns(columns, this.model));
        }
        if (isNew || isRead) {
            this.parse(isNew);
        } else if (hasColumns) {
            this.gantt.render();
        } else if (this.changes !== this.model.moves.changes) {
            this.showMoves();
        }
    }

    /** The columns get the room that they need, up to a good part of the screen. */
    layOut(columns) {
        const wanted = columns.reduce((sum, column) => sum + column.width, 0);
        this.gantt.config.columns = columns;
        this.gantt.config.layout = layoutOf(Math.min(wanted, Math.round(this.el.offsetWidth * GRID)));
        if (this.isStarted) {
            this.gantt.resetLayout();
        }
    }

    parse(isNew) {
        const { gantt, model } = this;
        this.isParsing = true;
        const place = isNew ? null : this.place();
        const selected = isNew ? null : gantt.getSelectedId();
        const { width } = SCALES[model.scale];
        Object.assign(gantt.config, {
            drag_links: model.canLink,
            scales: drawnScales(model.scale),
            min_column_width: width,
            start_date: toWall(model.range.start),
            end_date: toWall(model.range.stop),
        });
        Object.assign(this, { version: model.version, scale: model.scale, changes: model.moves.changes });
        this.take({ tasks: model.rows.map((row) => drawnTask(row, model)), links: [] });
        this.findVisible();
        this.restore(place, selected);
        this.isParsing = false;
        this.layers.draw();
    }

    /** Give the library its lines. At first before it starts: starting empty would draw everything twice. */
    take(data) {
        const { gantt } = this;
        if (this.isStarted) {
            gantt.clearAll();
            gantt.parse(data);
            return;
        }
        const { render } = gantt;
        gantt.render = () => {};
        gantt.parse(data);
        gantt.render = render;
        gantt.init(this.el);
        this.isStarted = true;
    }

    /** What is seen now: it stays where it is when more is read. */
    place() {
        const { x, y } = this.gantt.getScrollState();
        return { scale: this.scale, wall: this.gantt.dateFromPos(x), y };
    }

    restore(place, selected) {
        const { gantt, model } = this;
        const isKept =
            place?.scale === model.scale && place.wall >= gantt.config.start_date && place.wall < gantt.config.end_date;
        if (isKept) {
            gantt.scrollTo(gantt.posFromDate(place.wall), place.y);
        } else {
            this.scrollToFocus(place?.y || 0);
        }
        if (selected && gantt.isTaskExists(selected)) {
            gantt.selectTask(selected);
        }
    }

    showMoves() {
        const { gantt, model } = this;
        const touched = new Set([...Object.keys(this.changes), ...Object.keys(model.moves.changes)].map(Number));
        this.changes = model.moves.changes;
        for (const row of model.rows) {
            if (touched.has(row.resId) || this.drag.dragged === row.id) {
                Object.assign(gantt.getTask(row.id), drawnTask(row, model));
                gantt.refreshTask(row.id);
            }
        }
        gantt.refreshData();
        if (this.drag.dragged) {
            this.showBar(this.drag.dragged);
            this.drag.dragged = null;
        }
        this.layers.draw();
    }

    // Looking around ----------------------------------------------------------

    get seenWidth() {
        return this.gantt.$task?.offsetWidth || this.el.offsetWidth;
    }

    scrollToFocus(y = null) {
        const x = this.gantt.posFromDate(toWall(this.model.focus)) - this.seenWidth * FOCUS;
        this.gantt.scrollTo(Math.max(0, x), y);
    }

    onScroll() {
        if (this.isParsing || !this.isStarted) {
            return;
        }
        this.layers.follow();
        const { x } = this.gantt.getScrollState();
        const wall = this.gantt.dateFromPos(x + this.seenWidth * FOCUS);
        if (wall) {
            this.model.lookAt(fromWall(wall));
        }
        this.extendNearEdge(x);
    }

    /** More is read before the edge of what is loaded comes into sight. */
    async extendNearEdge(x) {
        const total = this.gantt.posFromDate(this.gantt.config.end_date);
        const near = this.seenWidth / 4;
        const direction = x < near ? -1 : x + this.seenWidth > total - near ? 1 : 0;
        if (!direction || this.isExtending || !this.seenWidth) {
            return;
        }
        this.isExtending = true;
        try {
            await this.model.extend(direction);
        } finally {
            this.isExtending = false;
        }
    }

    /** A bar that was just moved stays in sight, also when the panel beside the chart takes its room. */
    showBar(id) {
        const { gantt } = this;
        gantt.setSizes();
        const { start_date: start, end_date: stop } = gantt.getTask(id);
        const { x } = gantt.getScrollState();
        const left = gantt.posFromDate(start) - BAR_MARGIN;
        const over = gantt.posFromDate(stop) + BAR_MARGIN - this.seenWidth;
        if (left < x || over > x) {
            gantt.scrollTo(Math.max(0, Math.min(left, over)), null);
        }
    }

    // Lines -------------------------------------------------------------------

    /** The lines that no folded line hides, from top to bottom. */
    findVisible() {
        const hidden = new Set();
        this.visible = this.model.rows.filter((row) => {
            const isHidden = hidden.has(row.parent) || this.model.folded.has(row.parent);
            if (isHidden) {
                hidden.add(row.id);
            }
            return !isHidden;
        });
        this.places = new Map();
        this.visible.forEach(({ resId }, place) => {
            if (resId && !this.places.has(resId)) {
                this.places.set(resId, place);
            }
        });
    }

    /** Which of the visible lines an item stands on; the first, where it stands in several groups. */
    placeOf(resId) {
        return this.places.get(resId);
    }

    onFolded(id, isFolded) {
        this.model.folded[isFolded ? "add" : "delete"](id);
        this.findVisible();
        this.layers.draw();
    }

    selectNext(step) {
        const place = this.visible.findIndex((row) => row.id === this.gantt.getSelectedId());
        const next = this.visible[place === -1 ? 0 : Math.min(Math.max(place + step, 0), this.visible.length - 1)];
        if (next) {
            this.gantt.selectTask(next.id);
            this.showRow(next.id);
        }
    }

    showRow(id) {
        const { y } = this.gantt.getScrollState();
        const height = this.gantt.$task_data.parentNode.offsetHeight - this.gantt.config.row_height;
        const top = this.visible.findIndex((row) => row.id === id) * this.gantt.config.row_height;
        if (top < y || top > y + height) {
            this.gantt.scrollTo(null, top < y ? top : top - height);
        }
    }

    fold(isFolded) {
        const id = this.gantt.getSelectedId();
        if (id) {
            this.gantt[isFolded ? "close" : "open"](id);
        }
    }
}
