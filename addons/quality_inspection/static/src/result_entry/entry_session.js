import { markup, reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { Mutex } from "@web/core/utils/concurrency";

import { dropDraft, keepDraft, readDraft } from "./entry_draft";
import { EntryStore } from "./entry_store";

export const SAVED = "saved";
export const INVALID = "invalid";
export const OFFLINE = "offline";
export const STALE = "stale";
export const REFUSED = "refused";

/**
 * One inspection being typed: it reads, keeps the draft on this device, and saves through the model's
 * methods. It draws nothing, and shows nothing: what came out is told by the answer.
 */
export class EntrySession {
    constructor(orm, inspectionId) {
        this.orm = orm;
        this.id = inspectionId;
        this.mutex = new Mutex();
        this.store = reactive(new EntryStore());
    }

    call(method, ...args) {
        return this.orm.call("quality.inspection", method, [[this.id], ...args]);
    }

    /** What the server holds, or has answered; its instruction is an Html field, sanitized there. */
    async read(method = "get_entry_data", ...args) {
        const data = await this.call(method, ...args);
        return { ...data, instruction: data.instruction ? markup(data.instruction) : false };
    }

    /**
     * Read the inspection, and the draft that was typed upon it.
     *
     * @returns {Promise<{draft: Object|null, stale: boolean}>} stale: somebody has saved since; the draft is
     *  not taken until the inspector says so
     */
    async open() {
        const data = await this.read();
        const draft = readDraft(this.id);
        const stale = Boolean(draft) && draft.revision !== data.revision;
        const isTaken = draft && !stale && data.can_edit;
        this.store.load(data);
        this.store.take(isTaken ? draft.edits : {});
        return { draft, stale };
    }

    /** Lay a draft over what the server holds now. */
    take(draft) {
        this.store.take(draft.edits);
        this.keep();
    }

    async reload() {
        this.store.load(await this.read());
    }

    /** @returns {boolean} false where this device cannot keep a draft */
    keep() {
        const { store } = this;
        if (!store.isDirty) {
            dropDraft(this.id);
            return true;
        }
        return keepDraft(this.id, store.data.revision, store.edits);
    }

    discard() {
        this.store.forget();
        dropDraft(this.id);
    }

    save() {
        return this.mutex.exec(() => this.saveNow());
    }

    /** @returns {Promise<{result: string, problems?: Object[], data?: Object}>} */
    async saveNow() {
        const { store } = this;
        const problems = store.errors;
        if (problems.length) {
            return { result: INVALID, problems };
        }
        if (!store.isDirty) {
            return { result: SAVED };
        }
        const sent = JSON.parse(JSON.stringify(store.edits));
        try {
            store.settle(sent, await this.read("save_results", store.payload));
        } catch (error) {
            return this.readFailure(error);
        }
        this.keep();
        return { result: SAVED };
    }

    /** Lost connection, somebody else's revision, or a refusal that says why. */
    async readFailure(error) {
        this.keep();
        if (error instanceof ConnectionLostError) {
            return { result: OFFLINE, problems: [] };
        }
        if (!(error instanceof RPCError)) {
            throw error;
        }
        const data = await this.read();
        if (data.revision !== this.store.data.revision) {
            return { result: STALE, data, problems: [] };
        }
        const text = error.data?.message || _t("The results could not be saved.");
        return { result: REFUSED, problems: [{ text }] };
    }

    /** @param {{name: string, data: string}} photo */
    async addPhoto(line, photo) {
        this.store.loadPhotos(line, await this.call("add_photo", line.id, photo.name, photo.data));
    }

    async removePhoto(line, photoId) {
        this.store.loadPhotos(line, await this.call("remove_photo", line.id, photoId));
    }
}
