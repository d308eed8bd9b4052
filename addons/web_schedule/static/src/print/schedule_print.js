import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { escape } from "@web/core/utils/strings";

import { printedLegend, printedPages } from "./schedule_pages";

const STYLE = `
    @page { size: A4 landscape; margin: 10mm; }
    body { margin: 0; font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #212529; }
    section { break-after: page; }
    section:last-child { break-after: auto; }
    header { display: flex; align-items: baseline; font-size: 9pt; height: 8mm; }
    h1 { font-size: 13pt; margin: 0 6mm 0 0; }
    header .legend { margin-left: 8mm; font-size: 7pt; }
    header span:last-child { margin-left: auto; }
    svg { display: block; width: 277mm; }
`;

/** The whole document that is printed. */
export function printedDocument(model, title) {
    const pages = printedPages(model);
    const printed = luxon.DateTime.now().toLocaleString(luxon.DateTime.DATETIME_SHORT);
    const sections = pages.map(
        (page, place) => `<section><header><h1>${escape(title)}</h1><span>${escape(page.range)}</span>
            <span class="legend">${printedLegend(model)}</span>
            <span>${escape(_t("Printed %(moment)s", { moment: printed }))} · ${place + 1} / ${pages.length}</span></header>
            ${page.svg}</section>`
    );
    return `<!DOCTYPE html><html lang="${escape(user.lang)}"><head><meta charset="utf-8"><title>${escape(title)}</title>
        <style>${STYLE}</style></head><body>${sections.join("")}</body></html>`;
}

/** The browser's own print dialog: on paper, or saved as PDF. Nothing leaves the browser. */
export function printSchedule(model, title) {
    const frame = document.createElement("iframe");
    frame.className = "o_schedule_print_frame";
    frame.setAttribute("aria-hidden", "true");
    frame.style.cssText = "position: fixed; width: 0; height: 0; border: 0; visibility: hidden;";
    frame.srcdoc = printedDocument(model, title);
    frame.onload = () => {
        frame.contentWindow.onafterprint = () => frame.remove();
        frame.contentWindow.focus();
        frame.contentWindow.print();
    };
    document.querySelectorAll(".o_schedule_print_frame").forEach((other) => other.remove());
    document.body.append(frame);
}
