"""What a list that went out must be, checked against the claims and rulings behind it."""

from django.db import connection

# Lists whose figures are not those of their lines; lines of claims that nobody granted; lines whose amount is not
# the one that the ruling names for that month.
_UNSOUND = """
SELECT
    (SELECT count(*) FROM claims_paymentlist l LEFT JOIN (
        SELECT list_id, count(*) AS persons, sum(yuan) AS yuan FROM claims_payment GROUP BY list_id
    ) p ON p.list_id = l.id
    WHERE l.control_sum IS DISTINCT FROM coalesce(p.yuan, 0) OR l.persons IS DISTINCT FROM coalesce(p.persons, 0)),
    (SELECT count(*) FROM claims_payment p JOIN claims_claim c ON c.id = p.claim_id
    WHERE p.list_id IS NOT NULL AND NOT (c.state = 'approved' AND c.outcome = 'grant')),
    (SELECT count(*) FROM claims_payment p JOIN claims_claim c ON c.id = p.claim_id
    JOIN claims_ruling r ON r.id = c.ruling_id
    WHERE p.list_id IS NOT NULL AND p.yuan IS DISTINCT FROM (
        SELECT (m ->> 'yuan')::numeric FROM jsonb_array_elements(r.body -> 'payments') m
        WHERE m ->> 'month' = to_char(p.month, 'YYYY-MM')
    ))
"""


def unsound() -> tuple[int, int, int]:
    """How many lists differ from their lines, how many lines nobody granted, how many differ from the ruling."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSOUND)
        sums, signatures, amounts = cursor.fetchone()
    return sums, signatures, amounts
