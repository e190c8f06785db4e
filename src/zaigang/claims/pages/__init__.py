"""What the pages of this stage show, as records for the templates."""

from zaigang.claims.pages.decisions import forecast_page_of, rows_of

__all__ = ["forecast_page_of", "rows_of"]
