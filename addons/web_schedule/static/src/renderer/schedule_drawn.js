import { toWall } from "../schedule_dates";

/** A line of the timeline as the drawing library takes it. */
export function drawnTask(row, model) {
    return {
        id: row.id,
        parent: row.parent,
        text: row.text,
        open: !model.folded.has(row.id),
        row,
        ...(row.kind === "group" ? drawnGroup(row, model) : drawnRecord(row, model)),
    };
}

function drawnGroup(row, model) {
    return { ...drawnSpan(spanBelow(row, model)), type: "task", progress: 0 };
}

function drawnRecord(row, model) {
    const record = model.shown(row.resId);
    const span = model.items.spanOf(record, "planned");
    const isMilestone = model.items.isMilestone(record);
    return {
        ...drawnSpan(span && isMilestone ? { start: span.stop, stop: span.stop } : span),
        type: isMilestone ? "milestone" : "task",
        progress: model.items.progressOf(record) / 100,
    };
}

function drawnSpan(span) {
    if (!span) {
        return { unscheduled: true };
    }
    return { start_date: toWall(span.start), end_date: toWall(span.stop), unscheduled: false };
}

/** From the first beginning to the last end of what stands under a line. */
export function spanBelow(row, model) {
    const spans = model.below(row.id).map((resId) => model.items.spanOf(model.shown(resId), "planned"));
    const known = spans.filter(Boolean);
    if (!known.length) {
        return null;
    }
    return {
        start: luxon.DateTime.min(...known.map((span) => span.start)),
        stop: luxon.DateTime.max(...known.map((span) => span.stop)),
    };
}
