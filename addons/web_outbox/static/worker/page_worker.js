/* Keeps one page and its assets for where there is no network. What it shows is kept by the page itself. */
/* eslint-disable no-restricted-globals */
/** The first line, which the server writes, says whose worker it is: `self.PAGE = "/visits";`. */
const { PAGE } = self;
const CACHE = `page:${PAGE}`;
/** Where the network is there but nothing comes through it, the kept page is shown after so long. */
const PATIENCE = 4000;

async function keepPage(response) {
    const cache = await caches.open(CACHE);
    const text = await response.clone().text();
    const assets = [...text.matchAll(/ (?:src|href)="(\/web\/assets\/[^"]+)"/g)].map((match) => match[1]);
    for (const asset of assets) {
        if (!(await cache.match(asset))) {
            await cache.add(asset);
        }
    }
    await cache.put(PAGE, response); // last: a page is kept once all that it needs is
    for (const request of await cache.keys()) {
        const { pathname, search } = new URL(request.url);
        if (pathname !== PAGE && !text.includes(pathname + search)) {
            await cache.delete(request);
        }
    }
}

async function fetchPage(request) {
    const response = await fetch(request || PAGE, request ? undefined : { credentials: "same-origin" });
    if (response.ok && !response.redirected) {
        return [response, keepPage(response.clone()).catch(() => {})];
    }
    if (response.type === "opaqueredirect" || response.redirected) {
        const cache = await caches.open(CACHE); // to the login: whoever was logged in is so no more
        return [response, cache.delete(PAGE)];
    }
    return [response, null]; // an error: shown, not kept
}

async function answerPage(event) {
    const kept = await (await caches.open(CACHE)).match(PAGE);
    const fresh = fetchPage(event.request).then(([response, keeping]) => {
        event.waitUntil(Promise.resolve(keeping));
        return response;
    });
    if (!kept) {
        return fresh;
    }
    const patience = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE));
    return Promise.race([fresh.catch(() => kept), patience]);
}

/** What a page loads later, only where it needs it (named in its text, not loaded by it), is kept as well. */
async function answerAsset(request) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request);
    if (kept) {
        return kept;
    }
    const response = await fetch(request);
    if (response.ok) {
        await cache.put(request, response.clone()).catch(() => {}); // a full device: it is loaded again
    }
    return response;
}

self.addEventListener("install", (event) => {
    event.waitUntil(
        fetchPage()
            .then(([, keeping]) => keeping)
            .then(() => self.skipWaiting())
    );
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (event.request.mode === "navigate" && url.pathname === PAGE) {
        event.respondWith(answerPage(event));
    } else if (url.pathname.startsWith("/web/assets/")) {
        event.respondWith(answerAsset(event.request));
    }
});
