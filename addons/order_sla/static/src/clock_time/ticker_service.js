import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const TICK = 1000;

/**
 * One timer for every clock on the page. It rests while nothing listens and
 * while the tab is hidden.
 *
 * The browser's clock may be wrong, and a cached answer may be old: both make
 * `browser now - server now` larger than it is, so the smallest difference
 * seen is the best estimate of it.
 */
export const tickerService = {
    start() {
        const listeners = new Set();
        let timer = null;
        let offset = null;

        function tick() {
            for (const listener of [...listeners]) {
                listener();
            }
        }

        function update() {
            const wanted = listeners.size > 0 && document.visibilityState !== "hidden";
            if (wanted && timer === null) {
                timer = browser.setInterval(tick, TICK);
            } else if (!wanted && timer !== null) {
                browser.clearInterval(timer);
                timer = null;
            }
        }

        document.addEventListener("visibilitychange", () => {
            update();
            if (document.visibilityState !== "hidden") {
                tick();
            }
        });

        return {
            /** Learn the server's time from a payload that has just arrived. */
            observe(clock) {
                const difference = Date.now() / 1000 - clock.now;
                offset = offset === null ? difference : Math.min(offset, difference);
            },
            /** The server's time, in seconds since the epoch. */
            now() {
                return Date.now() / 1000 - (offset || 0);
            },
            /** Call `listener` every second; returns what stops it. */
            listen(listener) {
                listeners.add(listener);
                update();
                return () => {
                    listeners.delete(listener);
                    update();
                };
            },
        };
    },
};

registry.category("services").add("sla_ticker", tickerService);
