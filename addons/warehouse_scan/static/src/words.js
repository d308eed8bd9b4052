import { _t } from "@web/core/l10n/translation";

/** Characters without a shape, as they are shown: U+2400 and the following. */
export function showControls(text) {
    return [...String(text)]
        .map((char) => {
            const code = char.codePointAt(0);
            return code < 32 ? String.fromCodePoint(0x2400 + code) : code === 127 ? "\u2421" : char;
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

export function formatNumber(value, lang) {
    return new Intl.NumberFormat(lang, { maximumFractionDigits: 4 }).format(value);
}

/** Milliseconds of this device, as a time of its day. */
export function formatTime(moment, lang) {
    return new Intl.DateTimeFormat(lang, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" }).format(
        new Date(moment)
    );
}
