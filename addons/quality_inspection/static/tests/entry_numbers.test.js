import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import {
    AmbiguousNumber,
    NotANumber,
    blockSign,
    readBlock,
    readCount,
    readMark,
    readNumber,
    showNumber,
    splitUnit,
} from "@quality_inspection/result_entry/entry_numbers";

describe.current.tags("headless");
beforeEach(allowTranslations);

function speak(decimalPoint, thousandsSep) {
    patchWithCleanup(localization, { decimalPoint, thousandsSep });
}

test("REC-3: numbers are read as people of any country type them", () => {
    speak(".", ",");
    expect(readNumber("12.5")).toBe(12.5);
    expect(readNumber("12,5")).toBe(12.5);
    expect(readNumber(" -0,05 ")).toBe(-0.05);
    expect(readNumber("\uff11\uff12\uff0e\uff15")).toBe(12.5);
    expect(readNumber("\u22123.2")).toBe(-3.2);
    expect(readNumber("1,234.5")).toBe(1234.5);
    expect(readNumber("1.234,5")).toBe(1234.5);
    expect(readNumber("1 234 567")).toBe(1234567);
    expect(readNumber("1.2E-3")).toBe(0.0012);
    expect(readNumber(".5")).toBe(0.5);
});

test("REC-3: what reads as two numbers a thousand apart is refused, not guessed", () => {
    speak(".", ",");
    expect(() => readNumber("1,250")).toThrow(AmbiguousNumber);
    expect(readNumber("1.250")).toBe(1.25);
    expect(readNumber("0,250")).toBe(0.25);
    speak(",", ".");
    expect(readNumber("1,250")).toBe(1.25);
    expect(() => readNumber("1.250")).toThrow(AmbiguousNumber);
});

test("REC-3: what is no number is refused", () => {
    speak(".", ",");
    for (const text of ["abc", "12a", "1,23.4", "1.2.3", "", "--1", "1,2345.6", "1e999"]) {
        expect(() => readNumber(text)).toThrow(NotANumber);
    }
});

test("REC-3: a count is whole and not negative", () => {
    expect(readCount("12")).toBe(12);
    expect(() => readCount("1.5")).toThrow(NotANumber);
    expect(() => readCount("-1")).toThrow(NotANumber);
});

test("REC-3: pass and fail are read by word and tick, full-width too", () => {
    expect(["OK", "pass", "P", "\u221a", "\uff2f\uff2b"].map(readMark)).toEqual([true, true, true, true, true]);
    expect(["ng", "Fail", "\u00d7", "\uff2e\uff27"].map(readMark)).toEqual([false, false, false, false]);
});

test("REC-3: a number, a dash and a plus are neither pass nor fail", () => {
    for (const text of ["0", "1", "-", "\u2013", "\uff0d", "+", "/", "maybe", "\uff10"]) {
        expect(readMark(text)).toBe(null);
    }
});

test("REC-3: what a Chinese input method writes is read", () => {
    speak(".", ",");
    expect(readNumber("10\u300201")).toBe(10.01);
    expect(readNumber("10\uff6101")).toBe(10.01);
    expect(readNumber("\uff0d\uff11\uff0c\uff12")).toBe(-1.2);
    expect(readNumber("\uff11\uff45\uff13")).toBe(1000);
    expect(splitUnit("\uff11\uff10 \uff4d\uff4d")).toEqual({ number: "10", unit: "mm" });
});

test("REC-3: a number is shown without binary noise, in the user's way", () => {
    speak(",", ".");
    expect(showNumber(0.1 + 0.2)).toBe("0,3");
    speak(".", ",");
    expect(showNumber(1234.5)).toBe("1234.5");
});

test("REC-3: a block of a spreadsheet keeps its empty cells and quoted line breaks", () => {
    expect(readBlock("1\t\t3\r\n4\t5\t\r\n")).toEqual([
        ["1", "", "3"],
        ["4", "5", ""],
    ]);
    expect(readBlock('"a\nb"\t"say ""x"""\n2\t3')).toEqual([
        ["a\nb", 'say "x"'],
        ["2", "3"],
    ]);
});

test("REC-3: one cell of a block settles the decimal sign of all", () => {
    speak(".", ",");
    expect(blockSign([["1,250", "12,5"]])).toBe(",");
    expect(blockSign([["1,250", "12.5"]])).toBe(".");
    expect(blockSign([["12,5", "12.5"]])).toBe("");
    expect(blockSign([["1,250", "12,5 mm"]])).toBe(",");
    expect(readNumber("1,250", ",")).toBe(1.25);
    expect(readNumber("1,250", ".")).toBe(1250);
});

test("REC-3: what is no number settles no decimal sign", () => {
    for (const text of ["SN1,2", "A-12,5", "1,2 or 1,3", "M8x1,25/2", ",", "12,5,", "v1.23.4x5"]) {
        expect(blockSign([["1,250", text]])).toBe("");
    }
});
