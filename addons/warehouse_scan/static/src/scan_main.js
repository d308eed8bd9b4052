import { DeviceStore } from "@web_outbox/device_store";
import { mountPage } from "@web_outbox/mount_page";
import { Outbox } from "@web_outbox/outbox";

import { ScanApp } from "./scan_app/scan_app";
import { Signals } from "./signals";

/** Seconds until the next attempt: whoever stands before a shelf does not wait for minutes. */
const WAITS = [2, 5, 10];

mountPage(ScanApp, {
    path: "/scan",
    getProps: ({ user, name, lang, camera, companies, flows }) => {
        const outbox = new Outbox({ user, store: new DeviceStore("warehouse_scan"), waits: WAITS });
        return { user, name, lang, camera, companies, flows, outbox, signals: new Signals() };
    },
});
