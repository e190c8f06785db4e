"""What the pages of this stage show, as records for the templates."""

from zaigang.claims.pages.budget import budget_page
from zaigang.claims.pages.decisions import rows_of

__all__ = ["budget_page", "rows_of"]
