import { _t } from "@web/core/l10n/translation";

/** Arrows that are drawn and taken away by hand: one call each, written at once. */
export class ScheduleLinks {
    constructor(model) {
        this.model = model;
    }

    /** Dates that are not saved yet would be those of other arrows: they are saved or discarded first. */
    get isOpen() {
        return this.model.canLink && !this.model.moves.isPending;
    }

    /**
     * @param {number} source
     * @param {number} target what waits
     * @param {"fs"|"ss"} type
     */
    add(source, target, type) {
        const { moves } = this.model;
        return moves.write(async () => {
            const result = await moves.call("schedule_link", source, target, type);
            moves.remember(() => moves.call("schedule_unlink", result.id), _t("The link is taken away again."));
            moves.tell(result, _t("Linked: %(link)s.", { link: this.nameOf({ source, target }) }));
        });
    }

    remove(link) {
        const { moves } = this.model;
        return moves.write(async () => {
            const text = _t("No longer linked: %(link)s.", { link: this.nameOf(link) });
            moves.tell(await moves.call("schedule_unlink", link.id), text);
        });
    }

    nameOf({ source, target }) {
        const name = (id) => this.model.records.get(id)?.display_name || "…";
        return `${name(source)} → ${name(target)}`;
    }
}
