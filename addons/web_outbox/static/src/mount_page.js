import { mount, whenReady } from "@odoo/owl";
import { appTranslateFn, translatedTerms, translationLoaded } from "@web/core/l10n/translation";
import { getTemplate } from "@web/core/templates";

/**
 * Start a page of its own, made by `render_page` of the server, and its service worker.
 *
 * @param {typeof import("@odoo/owl").Component} App
 * @param {Object} options
 * @param {string} options.path of the page: its worker's is below
 * @param {(facts: Object) => Object} options.getProps from what the server says about the page
 */
export function mountPage(App, { path, getProps }) {
    whenReady(() => {
        const facts = odoo.page_facts;
        if (!facts) {
            return; // the bundle of a test: it mounts what it needs
        }
        Object.assign(translatedTerms, facts.words, { [translationLoaded]: true });
        mount(App, document.body, { getTemplate, translateFn: appTranslateFn, props: getProps(facts) });
        navigator.serviceWorker?.register(`${path}/worker.js`, { scope: path }).catch(() => {});
    });
}

/** Forget the kept page: the next one who opens it gets his own. */
export function forgetPage(path) {
    return Promise.resolve(window.caches?.delete(`page:${path}`)).catch(() => {});
}
