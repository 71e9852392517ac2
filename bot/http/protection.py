"""Headers that keep browsers careful, on every response."""

from aiohttp import web

# No third party and nothing inline: what runs here is in a file of ours.
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


async def protect(request: web.Request, response: web.StreamResponse) -> None:
    """Sets what a handler has not set itself; runs before the headers go out."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cache-Control", "no-cache" if request.path.startswith("/static/") else "no-store")
