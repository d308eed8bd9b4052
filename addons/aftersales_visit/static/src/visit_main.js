import { mount, whenReady } from "@odoo/owl";
import { appTranslateFn, translatedTerms, translationLoaded } from "@web/core/l10n/translation";
import { getTemplate } from "@web/core/templates";
import { Outbox } from "@web_outbox/outbox";

import { VisitApp } from "./visit_app";

whenReady(() => {
    const facts = odoo.visit_facts;
    if (!facts) {
        return; // the bundle of a test: it mounts what it needs
    }
    const { user, name, lang, words } = facts;
    Object.assign(translatedTerms, words, { [translationLoaded]: true });
    mount(VisitApp, document.body, {
        getTemplate,
        translateFn: appTranslateFn,
        props: { user, name, lang, outbox: new Outbox({ user }) },
    });
    navigator.serviceWorker?.register("/visits/worker.js", { scope: "/visits" }).catch(() => {});
});
