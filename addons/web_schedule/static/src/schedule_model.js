import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { Model } from "@web/model/model";

import { ScheduleItems, SIDES } from "./schedule_items";
import { ScheduleLinks } from "./schedule_links";
import { ScheduleMoves } from "./schedule_moves";
import { plusUnits, windowAround } from "./schedule_scales";
import { buildRows } from "./schedule_tree";

const { DateTime } = luxon;
/** Above this width of the window another unit of time is loaded. */
const WIDE = 1400;
const utc = (moment) => moment.toUTC().toFormat("yyyy-MM-dd HH:mm:ss");

/** What the timeline knows: the records of the part that was looked at so far, and the moves that are not saved yet. */
export class ScheduleModel extends Model {
    static services = ["notification"];

    setup(params, { notification }) {
        this.notification = notification;
        this.asked = 0;
        this.archInfo = params.archInfo;
        this.fields = params.fields;
        this.resModel = params.resModel;
        this.viewId = params.viewId;
        this.items = new ScheduleItems(params.archInfo, params.fields);
        this.moves = new ScheduleMoves(this);
        this.linking = new ScheduleLinks(this);
        this.canLink = false;
        this.scale = params.state?.scale || params.archInfo.scale;
        /** The scale that is asked for; `scale` is that of what is shown. */
        this.nextScale = this.scale;
        this.focus = params.state?.focus ? DateTime.fromISO(params.state.focus) : DateTime.now();
        this.folded = new Set(params.state?.folded || []);
        this.isOneScreen = this.env.isSmall;
        this.version = 0;
        this.clear();
    }

    clear() {
        this.records = new Map();
        this.contextIds = new Set();
        this.links = new Map();
        this.offTimes = [];
        this.markers = [];
        this.length = 0;
        this.undated = 0;
        this.isCut = false;
    }

    exportState() {
        return { scale: this.scale, focus: this.focus.toISO(), folded: [...this.folded] };
    }

    hasData() {
        return this.records.size > 0;
    }

    // Reading -----------------------------------------------------------------

    /** Searched anew: read the part around the focus; where it is empty, the part where there is something. */
    async load(params) {
        this.params = { domain: params.domain, groupBy: params.groupBy, context: params.context };
        const isNewest = await this.replace(this.around());
        const nearest = isNewest && !this.records.size && this.nearestTo(this.focus);
        if (nearest) {
            this.focus = nearest;
            await this.replace(this.around());
        }
        this.notify();
    }

    /** Read once more what is loaded. */
    async reload() {
        await this.replace(this.range);
        this.notify();
    }

    /** What is loaded at first: so much that a screen of any width need not ask for more at once. */
    around() {
        const after = Math.ceil(browser.innerWidth / WIDE);
        return this.isOneScreen
            ? windowAround(this.nextScale, this.focus)
            : windowAround(this.nextScale, this.focus, 1, after);
    }

    /** @returns {Promise<boolean>} whether this is what was asked for last; else the newer answer is shown */
    async replace(range) {
        const number = ++this.asked;
        const scale = this.nextScale;
        const result = await this.read(range, true);
        if (number !== this.asked) {
            return false;
        }
        this.clear();
        Object.assign(this, { range, scale, undated: result.undated, bounds: result.bounds });
        this.take(result);
        return true;
    }

    /** More of the timeline, before (-1) or after (+1) what is loaded: only what is missing is read. */
    async extend(direction) {
        const number = this.asked;
        const { start, stop } = this.range;
        const more =
            direction < 0
                ? { start: plusUnits(start, this.scale, -2), stop: start }
                : { start: stop, stop: plusUnits(stop, this.scale, 2) };
        const result = await this.read(more, false);
        if (number !== this.asked) {
            return;
        }
        this.range = direction < 0 ? { start: more.start, stop } : { start, stop: more.stop };
        this.take(result);
        this.notify();
    }

    read(range, overview) {
        const { roles, fieldNames, defaultOrder, limit } = this.archInfo;
        const fields = {};
        for (const name of [...fieldNames, ...this.groupFields]) {
            const isNamed = ["many2one", "many2many", "one2many"].includes(this.fields[name].type);
            fields[name] = isNamed ? { fields: { display_name: {} } } : {};
        }
        return this.orm.call(this.resModel, "schedule_read", [this.params.domain], {
            view_spec: { roles, fields, order: defaultOrder, overview },
            groupby: this.params.groupBy,
            start: utc(range.start),
            stop: utc(range.stop),
            limit,
            context: this.params.context,
        });
    }

    get groupFields() {
        return this.params.groupBy.map((group) => group.split(":")[0]).filter((name) => name in this.fields);
    }

    nearestTo(focus) {
        if (!this.bounds) {
            return null;
        }
        const [first, last] = this.bounds.map((text) => DateTime.fromSQL(text, { zone: "utc" }).toLocal());
        return last < focus ? last : first;
    }

    take(result) {
        const context = new Set(result.context_ids);
        for (const record of result.records) {
            if (context.has(record.id) && !this.records.has(record.id)) {
                this.contextIds.add(record.id);
            } else if (!context.has(record.id)) {
                this.contextIds.delete(record.id);
            }
            this.records.set(record.id, record);
        }
        this.canLink = this.archInfo.activeActions.edit && Boolean(result.can_link);
        result.links.forEach((link) => this.links.set(link.id, link));
        this.offTimes.push(...result.off_times);
        const known = new Set(this.markers.map((marker) => marker.date + marker.text));
        this.markers.push(...result.markers.filter((marker) => !known.has(marker.date + marker.text)));
        this.isCut ||= result.length > result.records.length - context.size;
        this.length = Math.max(this.length, result.length);
        this.version++;
    }

    // What is shown -----------------------------------------------------------

    /** The record with the dates that it would have after the moves not saved yet. */
    shown(resId) {
        const record = this.records.get(resId);
        const change = this.moves.changes[resId];
        if (!change) {
            return record;
        }
        const values = Object.keys(SIDES)
            .filter((side) => side in change)
            .map((side) => [this.archInfo.roles[SIDES[side]], change[side]]);
        return { ...record, ...Object.fromEntries(values) };
    }

    get rows() {
        if (this.rowsVersion !== this.version) {
            this.rowsVersion = this.version;
            this.builtRows = buildRows({
                records: [...this.records.values()],
                contextIds: this.contextIds,
                groupBy: this.params.groupBy,
                fields: this.fields,
                parent: this.archInfo.roles.parent,
            });
        }
        return this.builtRows;
    }

    /** The records under a line, at whatever depth. */
    below(rowId) {
        if (this.belowVersion !== this.version) {
            this.belowVersion = this.version;
            const above = new Map(this.rows.map((row) => [row.id, row.parent]));
            this.resIdsBelow = new Map();
            for (const row of this.rows.filter((other) => other.resId)) {
                for (let id = row.parent; id; id = above.get(id)) {
                    if (!this.resIdsBelow.has(id)) {
                        this.resIdsBelow.set(id, []);
                    }
                    this.resIdsBelow.get(id).push(row.resId);
                }
            }
        }
        return this.resIdsBelow.get(rowId) || [];
    }

    get cutMessage() {
        return _t("Only %(shown)s of %(all)s items are loaded. Filter to see the others.", {
            shown: this.records.size - this.contextIds.size,
            all: this.length,
        });
    }

    /** The part that is seen was scrolled: zooming and going on start from there. */
    lookAt(moment) {
        const isOther = this.focus.toISODate() !== moment.toISODate();
        this.focus = moment;
        if (isOther) {
            this.bus.trigger("looked");
        }
    }

    async setScale(scale) {
        this.nextScale = scale;
        await this.replace(this.around());
        this.notify();
    }

    /** @param {number} [step] screens forward or back; none: to today */
    async go(step) {
        this.focus = step ? plusUnits(this.focus, this.scale, step) : DateTime.now();
        const wanted = windowAround(this.scale, this.focus);
        if (this.isOneScreen || wanted.start < this.range.start || wanted.stop > this.range.stop) {
            await this.replace(this.around());
            this.notify();
        }
        this.bus.trigger("focus");
    }
}
