const PREFIX = "scan_needs_";

/**
 * What needs the person: what was queued and could not be booked after all, until he has acknowledged it.
 *
 * Kept apart from everything else, since no session of anybody else may forget it.
 */
export class Needs {
    /**
     * @param {Object} options
     * @param {{needs: Object[]}} options.state what is shown of them
     */
    constructor({ user, store, state }) {
        Object.assign(this, { store, state, key: `${PREFIX}${user}` });
    }

    /** Whether a key of the shelf holds somebody's needs. */
    static holds(key) {
        return String(key).startsWith(PREFIX);
    }

    async read() {
        this.state.needs = JSON.parse((await this.store.recall(this.key)) || "[]");
    }

    /** It is on the disk when the promise is kept; said twice it is there once. */
    add(need) {
        return this.write((needs) => [...needs.filter(({ uuid }) => uuid !== need.uuid), need]);
    }

    acknowledge(uuid) {
        return this.write((needs) => needs.filter((need) => need.uuid !== uuid));
    }

    async write(change) {
        await this.read().catch(() => {}); // another tab may have added some
        this.state.needs = change(this.state.needs);
        await this.store.keep(this.key, JSON.stringify(this.state.needs)).catch(() => {});
    }
}
