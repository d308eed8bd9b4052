import { mountPage } from "@web_outbox/mount_page";
import { Outbox } from "@web_outbox/outbox";

import { VisitApp } from "./visit_app";

mountPage(VisitApp, {
    path: "/visits",
    getProps: ({ user, name, lang }) => ({ user, name, lang, outbox: new Outbox({ user }) }),
});
