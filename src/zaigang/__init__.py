"""Zaigang 再岗: from the layoff list to the next pay slip."""
