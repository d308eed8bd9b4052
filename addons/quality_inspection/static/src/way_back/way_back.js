import { useEnv } from "@odoo/owl";

import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

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
        const page = queue || user.homeActionId;
        if (env.config.breadcrumbs?.length > 1 || !page) {
            return env.config.historyBack();
        }
        return action.doAction(page, { clearBreadcrumbs: true });
    };
}
