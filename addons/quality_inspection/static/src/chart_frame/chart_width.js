import { onWillUnmount, useEffect, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";

/**
 * Width in pixels of the referenced element, followed as it changes: a chart is drawn in real pixels, so that its
 * text stays readable on a phone.
 */
export function useChartWidth(ref, initial = 600) {
    const size = useState({ width: initial });
    let frame;
    useEffect(
        (el) => {
            if (!el) {
                return;
            }
            const measure = () => {
                size.width = Math.max(240, Math.round(el.clientWidth || initial));
            };
            measure();
            const observer = new ResizeObserver(() => {
                browser.cancelAnimationFrame(frame);
                frame = browser.requestAnimationFrame(measure);
            });
            observer.observe(el);
            return () => observer.disconnect();
        },
        () => [ref.el]
    );
    onWillUnmount(() => browser.cancelAnimationFrame(frame));
    return size;
}
