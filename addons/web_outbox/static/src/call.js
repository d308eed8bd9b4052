/**
 * Ask the server; for what only reads. What is entered goes through the outbox.
 *
 * @param {string} url of a route of type jsonrpc
 * @param {Object} [params]
 * @returns {Promise<{result?: *, problem?: string, message?: string}>} the result, or what is in the way: `offline`,
 *     `logged_out`, or `server` with what it says
 */
export async function callServer(url, params = {}, timeout = 30000) {
    let answer;
    try {
        const response = await fetch(url, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
            signal: AbortSignal.timeout?.(timeout),
        });
        if (response.redirected || response.status === 401) {
            return { problem: "logged_out" };
        }
        answer = await response.json();
    } catch {
        return { problem: "offline" };
    }
    if (answer.error?.code === 100) {
        return { problem: "logged_out" };
    }
    return answer.error || !("result" in answer)
        ? { problem: "server", message: answer.error?.data?.message || "" }
        : { result: answer.result };
}
