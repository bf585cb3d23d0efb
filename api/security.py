"""What every answer says to browsers: load and run only what is ours."""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DOCS_POLICY = POLICY.replace(
    "style-src 'self'; img-src 'self'",
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:",
)
"""Swagger UI sets styles on its elements and draws with data URLs."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cache-Control": "no-store",
}
"""Where an answer says nothing else; what may be kept says so itself."""
