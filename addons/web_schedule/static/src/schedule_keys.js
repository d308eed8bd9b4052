import { useExternalListener } from "@odoo/owl";

/**
 * The keyboard on the timeline: arrows select, + and - zoom, T goes to today, Enter opens or saves, Esc discards, Ctrl+Z
 * undoes, Shift+arrow moves the selected item.
 */
export function useScheduleKeys(rootRef, controller) {
    useExternalListener(window, "keydown", (ev) => {
        if (isForOthers(ev, rootRef.el)) {
            return;
        }
        const answer = answerTo(ev, controller);
        if (answer) {
            ev.preventDefault();
            ev.stopPropagation();
            answer();
        }
    });
}

/** Typed in a field, a menu, a dialog, or on a button of the page. */
function isForOthers(ev, root) {
    const target = ev.target;
    if (
        !root ||
        ev.defaultPrevented ||
        ev.altKey ||
        document.querySelector(".modal, .o_popover, .o-dropdown--menu")
    ) {
        return true;
    }
    if (target.closest("input, textarea, select, [contenteditable=true], .o_searchview")) {
        return true;
    }
    const isButton = target.closest("button, a");
    if (isButton && ["Enter", " "].includes(ev.key)) {
        return true;
    }
    return target !== document.body && !root.contains(target);
}

function answerTo(ev, controller) {
    const { moves } = controller.model;
    if ((ev.ctrlKey || ev.metaKey) && !ev.shiftKey && ev.key.toLowerCase() === "z") {
        return () => (moves.isPending ? controller.discard() : controller.undo());
    }
    if (ev.ctrlKey || ev.metaKey) {
        return null;
    }
    switch (ev.key) {
        case "Enter":
            if (moves.isPending) {
                return () => controller.save();
            }
            return controller.selectedRow && (() => enter(controller));
        case "Escape":
            return moves.isPending && (() => controller.discard());
        case "+":
        case "=":
            return () => controller.zoom(-1);
        case "-":
            return () => controller.zoom(1);
        case "t":
        case "T":
            return () => controller.go();
        case "ArrowUp":
        case "ArrowDown":
            return () => controller.model.bus.trigger("select", ev.key === "ArrowUp" ? -1 : 1);
        case "ArrowLeft":
        case "ArrowRight":
            if (ev.shiftKey) {
                return () => controller.nudge(ev.key === "ArrowLeft" ? -1 : 1);
            }
            return () => controller.model.bus.trigger("fold", ev.key === "ArrowLeft");
    }
    return null;
}

function enter(controller) {
    const row = controller.selectedRow;
    if (row.resId) {
        controller.openRecord(row.resId);
    } else {
        controller.model.bus.trigger("fold", !controller.model.folded.has(row.id));
    }
}
