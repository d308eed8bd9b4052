/** Milliseconds between two keys. A device that types is faster than a hand; where no field has the focus nobody types. */
const FAST = 50;
const FAST_OUTSIDE = 100;
/** How long a code may be silent before it is complete without a suffix; longer where the device is known to send one. */
const SILENCE = 250;
const SILENCE_BEFORE_SUFFIX = 400;
/** In a field, a code without suffix has so many characters at least: fast fingers roll over two or three keys. */
const LEAST_IN_FIELD = 6;
const SUFFIX_KEY = "scan_suffix";
const SUFFIXES = ["Enter", "Tab"];
const NO_TEXT = ["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"];

/** Whether it begins as no hand types: with start of text, or with the identifier of a symbology (AIM). */
function hasPrefix(text) {
    return "\x01\x02".includes(text[0] || " ") || /^\][A-Za-z][0-9A-Za-z]/.test(text);
}

function isField(node) {
    return Boolean(node?.matches?.("input, textarea, [contenteditable='true']")) && !NO_TEXT.includes(node.type);
}

/** The control character that a device sends as Ctrl and a key: group separator is Ctrl+]. */
function controlCharacter({ key }) {
    const code = key.toUpperCase().charCodeAt(0);
    return key.length === 1 && code >= 64 && code < 96 ? String.fromCharCode(code - 64) : "";
}

/**
 * What a scanner sends as a keyboard ("wedge"), told apart from hands by its speed, its prefix and its suffix.
 *
 * A scan never lands in the field that has the focus. Suffix Enter, Tab or none; group separators as Ctrl+] or as Alt
 * and a number; on Android, where a scanner types without keys, a field that nobody sees catches the text.
 */
export class Wedge {
    /**
     * @param {Object} options
     * @param {(scan: {raw: string, suffix: string, duration: number}) => void} options.onScan
     * @param {(typed: {text: string, isDone: boolean}) => void} [options.onTyped] by hand, with no field in focus
     */
    constructor({ onScan, onTyped = () => {}, target = window }) {
        Object.assign(this, { onScan, onTyped, target, catcher: null, hasSuffix: false });
        this.reset();
        this.listeners = [
            ["keydown", (ev) => this.onKeyDown(ev)],
            ["keyup", (ev) => this.onKeyUp(ev)],
        ];
    }

    start() {
        try {
            this.hasSuffix = Boolean(localStorage.getItem(SUFFIX_KEY));
        } catch {
            // a browser that keeps nothing
        }
        for (const [name, listener] of this.listeners) {
            this.target.addEventListener(name, listener, true);
        }
        if (window.matchMedia("(pointer: coarse)").matches) {
            this.makeCatcher();
        }
    }

    stop() {
        clearTimeout(this.timer);
        for (const [name, listener] of this.listeners) {
            this.target.removeEventListener(name, listener, true);
        }
        document.removeEventListener("focusout", this.refocus);
        document.removeEventListener("click", this.refocus);
        this.catcher?.remove();
    }

    /** A field that nobody sees and that opens no keyboard on the screen. */
    makeCatcher() {
        this.catcher = document.createElement("input");
        this.catcher.className = "s_catcher";
        this.catcher.inputMode = "none";
        this.catcher.autocomplete = "off";
        this.catcher.setAttribute("aria-hidden", "true");
        this.catcher.tabIndex = -1;
        this.catcher.addEventListener("input", (ev) => {
            const text = this.catcher.value;
            this.catcher.value = "";
            [...text].forEach((char) => (char === "\t" ? this.end("Tab", ev) : this.take(char, ev)));
        });
        document.body.append(this.catcher);
        this.refocus = () =>
            setTimeout(() => {
                if (!isField(document.activeElement)) {
                    this.catcher.focus({ preventScroll: true });
                }
            });
        document.addEventListener("focusout", this.refocus);
        document.addEventListener("click", this.refocus);
        this.refocus();
    }

    reset() {
        clearTimeout(this.timer);
        Object.assign(this, { text: "", held: "", field: null, slowest: 0, first: 0, last: 0, alt: "" });
    }

    /** When a key was hit, however busy the page is. */
    timeOf(ev) {
        return ev.timeStamp;
    }

    onKeyDown(ev) {
        const { key } = ev;
        if (!key || ev.isComposing || ev.metaKey || ["Unidentified", "Process", "Dead"].includes(key)) {
            return;
        }
        if (ev.altKey && !ev.ctrlKey && /^[0-9]$/.test(key)) {
            this.alt += key;
            ev.preventDefault();
        } else if (ev.ctrlKey && !ev.altKey) {
            const char = controlCharacter(ev);
            if (char && (this.text || "\x02\x1d".includes(char))) {
                ev.preventDefault();
                this.take(char, ev);
            }
        } else if (SUFFIXES.includes(key)) {
            this.end(key, ev);
        } else if ([...key].length === 1) {
            this.take(key, ev);
        }
    }

    onKeyUp(ev) {
        if (ev.key === "Alt" && this.alt) {
            const char = String.fromCharCode(Number(this.alt));
            this.alt = "";
            this.take(char, ev);
        }
    }

    /** One character, from wherever. */
    take(char, ev) {
        const time = this.timeOf(ev);
        const field = isField(ev.target) && ev.target !== this.catcher ? ev.target : null;
        if (this.text && (time - this.last > this.patience || field !== (this.field?.node || null))) {
            this.settle();
        }
        if (!this.text) {
            this.first = time;
            this.field = field && this.remember(field);
        } else {
            this.slowest = Math.max(this.slowest, time - this.last);
        }
        if (!field) {
            ev.preventDefault();
        } else if (this.text || hasPrefix(char)) {
            ev.preventDefault(); // the first character of a code has landed; the others are held until it is clear
            this.held += char;
        }
        this.text += char;
        this.last = time;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.settle(), Math.max(this.patience, 2 * FAST)); // a busy page is late
    }

    get patience() {
        return this.field ? FAST : this.hasSuffix ? SILENCE_BEFORE_SUFFIX : SILENCE;
    }

    get isFast() {
        return this.slowest <= (this.field ? FAST : FAST_OUTSIDE);
    }

    rememberSuffix() {
        if (!this.hasSuffix) {
            this.hasSuffix = true;
            try {
                localStorage.setItem(SUFFIX_KEY, "1");
            } catch {
                // a browser that keeps nothing: it is learnt again
            }
        }
    }

    remember(node) {
        return { node, value: node.value, start: node.selectionStart, end: node.selectionEnd };
    }

    /** A suffix: what came before it is complete. */
    end(suffix, ev) {
        if (!this.text) {
            return;
        }
        this.slowest = Math.max(this.slowest, this.timeOf(ev) - this.last);
        if (this.isFast) {
            this.rememberSuffix();
            ev.preventDefault();
            ev.stopImmediatePropagation();
            this.deliver(suffix);
        } else if (this.field) {
            this.release();
        } else {
            ev.preventDefault();
            const { text } = this;
            this.reset();
            this.onTyped({ text, isDone: true });
        }
    }

    /** Silence: what came before it is a code without suffix, or was typed by hand. */
    settle() {
        const isCode = hasPrefix(this.text) || this.text.length >= (this.field ? LEAST_IN_FIELD : 2);
        if (isCode && this.isFast) {
            this.deliver("");
        } else if (this.field) {
            this.release();
        } else if (this.text) {
            const { text } = this;
            this.reset();
            this.onTyped({ text, isDone: false });
        }
    }

    deliver(suffix) {
        const { text: raw, first, last, field } = this;
        this.reset();
        if (field && field.node.value !== field.value) {
            field.node.value = field.value;
            field.node.setSelectionRange?.(field.start, field.end);
            field.node.dispatchEvent(new Event("input", { bubbles: true }));
        }
        this.onScan({ raw, suffix, duration: Math.round(last - first) });
    }

    /** It was a hand after all: the field gets what was held. */
    release() {
        const { held, field } = this;
        this.reset();
        if (held) {
            field.node.setRangeText(held, field.node.selectionStart, field.node.selectionEnd, "end");
            field.node.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }
}
