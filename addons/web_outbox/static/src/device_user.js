/**
 * Whether the user of a kept page is still who has logged in last on this device; the server says so by a cookie at
 * each login and logout, see tools/device_user.py.
 *
 * @param {number} user
 */
export function isLoggedIn(user) {
    return document.cookie.split("; ").includes(`outbox_user=${user}`);
}
