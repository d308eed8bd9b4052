/**
 * Reading of what people type and paste. No rule of quality lives here: a text is a number, or it is not.
 *
 * A wrong guess at "1,250" is a factor of a thousand, so nothing is guessed: a text that reads as two
 * different numbers is refused, unless the user's language or the pasted block itself settles it.
 */

import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";

// what a Chinese input method writes of itself: full-width letters, digits and signs, and its full stop
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_STOP = /[\u3002\uff61]/g;
const SPACES = /[\s\u00a0\u202f\u3000]/g;
const MINUS = /[\u2212\u2013]/g;
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const GROUPED = /^[+-]?[1-9]\d{0,2}([.,])\d{3}(\1\d{3})+$/;
const GROUPS = /^[+-]?[1-9]\d{0,2}([.,]\d{3})+$/;
const WITH_UNIT = /^([+-]?[\d.,]*\d[.,]?(?:e[+-]?\d+)?)([^\d.,](?:(?![.,]\d).)*)?$/i;
const ONE_GROUP = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

// words and ticks only: in a sheet "0" is no defect as often as it is a fail, and "-" is not inspected
const MARKS_OK = ["ok", "p", "pass", "y", "yes", "\u221a", "\u2713", "\u2714"];
const MARKS_NG = ["ng", "f", "fail", "n", "no", "\u00d7", "x", "\u2717", "\u2718"];

export class AmbiguousNumber extends Error {}
export class NotANumber extends Error {}

/** The text without what only looks different: spaces, full-width letters and signs, long minus. */
export function plainText(text) {
    return String(text)
        .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
        .replace(FULL_STOP, ".")
        .replace(SPACES, "")
        .replace(MINUS, "-");
}

/**
 * A number and what stands behind it: "12,5 mm" is "12,5" and "mm". A text that does not begin with a number,
 * such as "SN1,2", has no number.
 *
 * @returns {{number: string, unit: string}}
 */
export function splitUnit(text) {
    const [, number = "", unit = ""] = plainText(text).match(WITH_UNIT) || [];
    return { number, unit };
}

/** The number that a plain text is when decimals are written by this sign; NaN when it is none. */
function parse(plain, sign) {
    const group = sign === "," ? "." : ",";
    const whole = plain.split(sign)[0];
    const isGrouped = !plain.includes(group) || (whole.includes(group) && GROUPS.test(whole));
    const number = plain.replaceAll(group, "").replace(sign, ".");
    return isGrouped && PLAIN.test(number) && Number.isFinite(Number(number)) ? Number(number) : NaN;
}

/**
 * The decimal sign that the text itself proves, "" when it proves none.
 *
 * "1.234,5" and "12,5" can only have a comma, "1,234.5" and "12.55" only a point; "1,250" proves nothing, nor does
 * what is no number.
 */
export function provenSign(text) {
    const plain = splitUnit(text).number;
    if (ONE_GROUP.test(plain)) {
        return "";
    }
    if (GROUPED.test(plain)) {
        return plain.includes(",") ? "." : ",";
    }
    return [",", "."].find((sign) => plain.includes(sign) && !Number.isNaN(parse(plain, sign))) || "";
}

/** The sign that separates decimals in the user's language where it also groups thousands by the other. */
function localSign(plain) {
    const sign = plain.includes(",") ? "," : ".";
    if (sign === localization.decimalPoint) {
        return sign;
    }
    // a language that groups by this sign may mean either; one that does not can only mean decimals
    return sign === localization.thousandsSep ? "" : sign;
}

/**
 * @param {string} text
 * @param {string} [decimalSign] proven by other texts of the same block
 * @returns {number}
 * @throws {AmbiguousNumber|NotANumber} with a message that says what to type
 */
export function readNumber(text, decimalSign = "") {
    const plain = plainText(text);
    let sign = provenSign(plain) || decimalSign;
    if (!sign && ONE_GROUP.test(plain)) {
        sign = localSign(plain);
        if (!sign) {
            throw new AmbiguousNumber(
                _t('"%(text)s" may be read in two ways: type it without the thousands separator.', { text })
            );
        }
    }
    const number = parse(plain, sign || ".");
    if (Number.isNaN(number)) {
        throw new NotANumber(_t('"%(text)s" is not a number.', { text }));
    }
    return number;
}

/** A count: whole and not negative. */
export function readCount(text) {
    const count = readNumber(text);
    if (!Number.isInteger(count) || count < 0) {
        throw new NotANumber(_t('"%(text)s" is not a count: type a whole number, zero or more.', { text }));
    }
    return count;
}

/** What a pass/fail cell means: true, false, or null when it cannot be read. */
export function readMark(text) {
    const plain = plainText(text).toLowerCase();
    const words = (terms) => terms.map((term) => plainText(term).toLowerCase());
    if (words([_t("OK"), _t("Pass"), ...MARKS_OK]).includes(plain)) {
        return true;
    }
    return words([_t("NG"), _t("Fail"), ...MARKS_NG]).includes(plain) ? false : null;
}

/** A number as it stands in a cell: no grouping, no binary noise, the user's decimal sign. */
export function showNumber(value) {
    return String(Number(value.toPrecision(12))).replace(".", localization.decimalPoint || ".");
}

/**
 * Rows of cells of a copied block (Excel, WPS, LibreOffice: tabs; quoted cells may hold line breaks).
 *
 * @param {string} text
 * @returns {string[][]}
 */
export function readBlock(text) {
    const rows = [[""]];
    let quoted = false;
    const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < source.length; at++) {
        const sign = source[at];
        const row = rows.at(-1);
        if (quoted) {
            if (sign === '"' && source[at + 1] === '"') {
                row[row.length - 1] += source[++at];
            } else if (sign === '"') {
                quoted = false;
            } else {
                row[row.length - 1] += sign;
            }
        } else if (sign === '"' && row.at(-1) === "") {
            quoted = true;
        } else if (sign === "\t") {
            row.push("");
        } else if (sign === "\n") {
            rows.push([""]);
        } else {
            row[row.length - 1] += sign;
        }
    }
    return rows.map((row) => row.map((cell) => cell.trim()));
}

/** The decimal sign that a block proves; "" when it proves none, or both. */
export function blockSign(rows) {
    const signs = new Set(rows.flat().map(provenSign));
    signs.delete("");
    return signs.size === 1 ? [...signs][0] : "";
}
