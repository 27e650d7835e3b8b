"""Headers that keep a page to itself: nothing third-party loads, nobody frames us, only our page may use the camera."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.settings import Settings

#: `'wasm-unsafe-eval'` lets the landmark model run; workers take the policy of their own script's response, so every
#: response carries it. `connect-src 'self'` covers the web socket of our own origin.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "style-src 'self'",
        "font-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": PERMISSIONS,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR_S = 31_536_000


def guard(app: Flask, options: Settings) -> None:
    """Add the headers to every response, and believe as many proxies as there are."""
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000  # forms only; what takes more says so itself
    if options.proxies:
        n = options.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]

    @app.after_request
    def headers(response: Response) -> Response:
        if request.endpoint == "live.page":  # commands by voice, understood on the device
            response.headers["Permissions-Policy"] = PERMISSIONS.replace(
                "microphone=()", "microphone=(self)"
            )
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if options.production:
            response.headers.setdefault(
                "Strict-Transport-Security", f"max-age={ONE_YEAR_S}; includeSubDomains"
            )
        if request.endpoint != "assets.file":
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
