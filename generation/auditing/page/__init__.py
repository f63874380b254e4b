"""The audit as a page for people; `document.py` puts it together."""

from generation.auditing.page.document import build_page

__all__ = ["build_page"]
