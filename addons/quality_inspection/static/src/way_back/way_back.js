import { useEnv } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Whether a breadcrumb is this very page without its record: Odoo makes it up of the address behind a QR code. */
function isSamePage(crumb) {
    const here = browser.location.pathname;
    const path = crumb.url.split("?")[0];
    return here.startsWith(path) && /^\/\d+$/.test(here.slice(path.length));
}

/**
 * The way back from a page that has no breadcrumbs: to where one came from.
 *
 * Whoever came by a QR code came from nowhere; Odoo would take him to the first of all apps.
 *
 * @param {string} [queue] action to which he goes instead; default the page at which he begins
 * @returns {function} leaves the page
 */
export function useWayBack(queue) {
    const env = useEnv();
    const action = useService("action");
    return () => {
        const before = (env.config.breadcrumbs || []).slice(0, -1).filter((crumb) => !isSamePage(crumb));
        if (before.length) {
            return before.at(-1).onSelected();
        }
        const page = queue || user.homeActionId;
        return page ? action.doAction(page, { clearBreadcrumbs: true }) : env.config.historyBack();
    };
}
