import { browser } from "@web/core/browser/browser";
import { session } from "@web/session";
import { user } from "@web/core/user";

/**
 * What was typed and not yet saved, on this device. A reload, an empty battery or a lost connection
 * must not cost an inspector his readings.
 *
 * One draft per database, user and inspection; it knows the revision that it was typed upon.
 *
 * @typedef {Object} Draft
 * @property {number} revision
 * @property {number} at milliseconds since the epoch
 * @property {Object} edits see EntryStore
 */

const PREFIX = "quality_inspection.entry";
const OLD = 30 * 24 * 3600 * 1000;

function keyOf(inspectionId) {
    return [PREFIX, session.db || "", user.userId, inspectionId].join(":");
}

/** @returns {Draft|null} */
export function readDraft(inspectionId) {
    try {
        const draft = JSON.parse(browser.localStorage.getItem(keyOf(inspectionId)) || "null");
        return draft && draft.edits ? draft : null;
    } catch {
        return null;
    }
}

/** @returns {boolean} false where the device keeps nothing (full, private mode) */
export function keepDraft(inspectionId, revision, edits) {
    try {
        browser.localStorage.setItem(keyOf(inspectionId), JSON.stringify({ revision, at: Date.now(), edits }));
        return true;
    } catch {
        return false;
    }
}

export function dropDraft(inspectionId) {
    browser.localStorage.removeItem(keyOf(inspectionId));
}

/** Forget drafts that nobody came back to for a month. */
export function dropOldDrafts() {
    const storage = browser.localStorage;
    const keys = Array.from({ length: storage.length || 0 }, (_, at) => storage.key(at));
    for (const key of keys.filter((key) => key?.startsWith(`${PREFIX}:`))) {
        let at = 0;
        try {
            at = JSON.parse(storage.getItem(key))?.at || 0;
        } catch {
            // not ours to read: it goes
        }
        if (Date.now() - at > OLD) {
            storage.removeItem(key);
        }
    }
}
