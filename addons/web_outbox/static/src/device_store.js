/** What a browser holds no more: the device is full, or keeps nothing at all. */
export class DeviceStoreError extends Error {
    constructor(cause) {
        super(cause?.message || String(cause));
        this.isFull = cause?.name === "QuotaExceededError";
    }
}

/**
 * What is kept on the device, in IndexedDB: `entries` on their way to the server, by the number of their order, and a
 * `shelf` for what the server has said last, by key. It survives a reload and a restart.
 */
export class DeviceStore {
    constructor(name = "web_outbox") {
        this.name = name;
        this.opened = null;
    }

    /** @param {Object} entry without a number: it gets the next one */
    async add(entry) {
        return this.run("entries", "readwrite", (entries) => entries.add(entry));
    }

    async put(entry) {
        return this.run("entries", "readwrite", (entries) => entries.put(entry));
    }

    async remove(number) {
        return this.run("entries", "readwrite", (entries) => entries.delete(number));
    }

    /** All entries of a user, in the order in which they were entered. */
    async list(user) {
        const all = await this.run("entries", "readonly", (entries) => entries.getAll());
        return all.filter((entry) => entry.user === user);
    }

    async keep(key, value) {
        return this.run("shelf", "readwrite", (shelf) => shelf.put(value, key));
    }

    async recall(key) {
        return this.run("shelf", "readonly", (shelf) => shelf.get(key));
    }

    /** How many entries wait here for others to log in: their number, and no more. */
    async countOthers(user) {
        const all = await this.run("entries", "readonly", (entries) => entries.getAll());
        return all.filter((entry) => entry.user !== user).length;
    }

    /**
     * Take everything off the shelf that belongs to somebody else.
     *
     * @param {string | ((key: string) => boolean)} kept the key that stays, or which ones do
     */
    async clearShelf(kept) {
        const isKept = typeof kept === "function" ? kept : (key) => key === kept;
        for (const other of await this.run("shelf", "readonly", (shelf) => shelf.getAllKeys())) {
            if (!isKept(other)) {
                await this.run("shelf", "readwrite", (shelf) => shelf.delete(other));
            }
        }
    }

    async close() {
        (await this.opened)?.close();
        this.opened = null;
    }

    open() {
        return new Promise((resolve, reject) => {
            const request = window.indexedDB.open(this.name, 1);
            request.onupgradeneeded = () => {
                request.result.createObjectStore("entries", { keyPath: "number", autoIncrement: true });
                request.result.createObjectStore("shelf");
            };
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
    }

    /** One transaction; it has reached the disk when the promise is kept. */
    async run(name, mode, work) {
        try {
            this.opened ||= this.open();
            const database = await this.opened;
            return await new Promise((resolve, reject) => {
                const transaction = database.transaction(name, mode, { durability: "strict" });
                const request = work(transaction.objectStore(name));
                transaction.oncomplete = () => resolve(request.result);
                transaction.onabort = transaction.onerror = () => reject(transaction.error || request.error);
            });
        } catch (error) {
            this.opened = null;
            throw new DeviceStoreError(error);
        }
    }
}
