import { _t } from "@web/core/l10n/translation";

const CONTROLS = { 0: "NUL", 2: "STX", 3: "ETX", 4: "EOT", 9: "TAB", 10: "LF", 13: "CR", 27: "ESC", 28: "FS", 29: "GS", 30: "RS", 31: "US", 127: "DEL" }; // prettier-ignore

/** What a character is called that has no shape; empty for all others. */
export function nameOfControl(code) {
    return CONTROLS[code] || (code < 32 ? `^${String.fromCharCode(code + 64)}` : "");
}

/** A code as it is shown, with names for what has no shape. */
export function showControls(text) {
    return [...String(text)]
        .map((char) => {
            const name = nameOfControl(char.codePointAt(0));
            return name ? `<${name}>` : char;
        })
        .join("");
}

/** What was entered, in a line. */
export function describeEvent({ kind, value, shown }) {
    switch (kind) {
        case "scan":
            return showControls(value);
        case "quantity":
            return _t("Quantity %(quantity)s", { quantity: value });
        case "start":
            return _t("Begun");
        case "undo":
            return _t("Undone");
        case "photo":
            return _t("Photo");
    }
    return shown || String(value ?? "");
}

export function sayMore(count) {
    return _t("and %(count)s more", { count });
}

export function formatNumber(value, lang) {
    return new Intl.NumberFormat(lang, { maximumFractionDigits: 4 }).format(value);
}

/** Milliseconds of this device, as a time of its day. */
export function formatTime(moment, lang) {
    return new Intl.DateTimeFormat(lang, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" }).format(
        new Date(moment)
    );
}
