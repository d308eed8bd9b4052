"""Who is logged in on a device, for a page that is opened there without network.

A page that is kept shows what was somebody's, and nobody answers whether he is still who is logged in. The device knows
it by a cookie: a number, no secret. It is written by a page that keeps something, and follows each login and logout.
"""

COOKIE = "outbox_user"


def remember_user(response, user):
    """Have the device know who is logged in, because a page of his is kept there.

    :param user: id of the user; 0: nobody
    """
    response.set_cookie(COOKIE, str(user), samesite="Lax")
