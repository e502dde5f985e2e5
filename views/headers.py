"""What every answer says to the browser: nothing from elsewhere, nothing kept, nothing framed."""

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
FEATURES = ("camera", "geolocation", "microphone", "payment", "usb")
PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")


def permissions(*own: str) -> str:
    """What pages may ask of the device: only these, and in no frame."""
    said = {name: "(self)" if name in own else "()" for name in (*FEATURES, *PASSKEYS)}
    return ", ".join(f"{name}={who}" for name, who in said.items())


# Chromium wants a policy of this name before a page may register the worker that keeps pages on a tablet.
REGISTERS = POLICY.replace("trusted-types 'none'", "trusted-types heard")
# Kept pages are shown in a frame of the page that holds the keys, and in no other.
OWN_HEADERS = {
    "tablet.take_with_me": {
        "Content-Security-Policy": REGISTERS,
        "Permissions-Policy": permissions(*PASSKEYS),
    },
    "tablet.shell": {
        "Content-Security-Policy": f"{REGISTERS}; frame-src 'self'",
        "Permissions-Policy": permissions("publickey-credentials-get"),
    },
    "tablet.page": {
        "Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
        "X-Frame-Options": "SAMEORIGIN",
    },
}
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": permissions(),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
# By endpoint, put together once.
ALL_HEADERS = {endpoint: HEADERS | own for endpoint, own in OWN_HEADERS.items()}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
TWO_YEARS = 2 * 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Add the headers to every answer, and let nothing but static files be kept."""

    @app.before_request
    def _only_https() -> ResponseReturnValue | None:
        # Passwords and children's words never cross a network readable; this machine itself may.
        if request.is_secure or request.host.rsplit(":", 1)[0] in LOOPBACK:
            return None
        return "Heard needs HTTPS. Open this address again with https:// before it.\n", 403

    @app.after_request
    def _add(response: Response) -> Response:
        endpoint = request.endpoint or ""
        response.headers.update(ALL_HEADERS.get(endpoint, HEADERS))
        if endpoint != "static" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"
        return response
