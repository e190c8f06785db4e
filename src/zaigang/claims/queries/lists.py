"""What a list that went out must be, checked against the claims and rulings behind it."""

from django.db import connection

# Lists whose figures are not those of their lines; lines of claims that nobody had granted; lines whose amount is not
# the one that a ruling names for that month (the claim's, or one before it that was in force when the list was made:
# somebody came back, or a fact was put right), back-pay included, though nobody was told that the law took from it.
_UNSOUND = """
SELECT
    (SELECT count(*) FROM claims_paymentlist l LEFT JOIN (
        SELECT list_id, count(DISTINCT claim_id) AS persons, sum(yuan) AS yuan FROM (
            SELECT list_id, claim_id, yuan FROM claims_payment WHERE list_id IS NOT NULL
            UNION ALL
            SELECT b.list_id, p.claim_id, b.yuan FROM claims_backpay b JOIN claims_payment p ON p.id = b.payment_id
            WHERE b.list_id IS NOT NULL
        ) lines GROUP BY list_id
    ) p ON p.list_id = l.id
    WHERE l.control_sum IS DISTINCT FROM coalesce(p.yuan, 0) OR l.persons IS DISTINCT FROM coalesce(p.persons, 0)),
    (SELECT count(*) FROM claims_payment p JOIN claims_claim c ON c.id = p.claim_id
    WHERE p.list_id IS NOT NULL AND NOT (c.state = 'approved' AND c.outcome = 'grant') AND NOT EXISTS (
        SELECT 1 FROM claims_correction o WHERE o.claim_id = c.id AND o.state = 'approved'
            AND o.outcome_before = 'grant'
            AND o.approved_at >= (SELECT made_at FROM claims_paymentlist WHERE id = p.list_id)
    )),
    (SELECT count(*) FROM claims_payment p JOIN claims_claim c ON c.id = p.claim_id
    JOIN claims_ruling r ON r.id = c.ruling_id
    CROSS JOIN LATERAL (
        SELECT p.yuan + coalesce(sum(b.yuan), 0) AS paid FROM claims_backpay b
        WHERE b.payment_id = p.id AND b.state <> 'dropped'
    ) sums
    LEFT JOIN LATERAL (
        SELECT (m ->> 'yuan')::numeric AS yuan FROM jsonb_array_elements(r.body -> 'payments') m
        WHERE m ->> 'month' = to_char(p.month, 'YYYY-MM')
    ) due ON true
    WHERE p.list_id IS NOT NULL AND sums.paid IS DISTINCT FROM due.yuan AND NOT EXISTS (
        SELECT 1 FROM claims_episode e JOIN claims_ruling o ON o.id = e.ruling_id,
            jsonb_array_elements(o.body -> 'payments') m
        WHERE e.claim_id = c.id AND e.at >= (SELECT made_at FROM claims_paymentlist WHERE id = p.list_id)
            AND m ->> 'month' = to_char(p.month, 'YYYY-MM') AND (m ->> 'yuan')::numeric IN (p.yuan, sums.paid)
    ) AND NOT (
        (due.yuan IS NULL OR sums.paid > due.yuan)
        AND EXISTS (SELECT 1 FROM claims_laweffect e WHERE e.claim_id = c.id AND e.applied AND e.needs <> '')
    ))
"""


def unsound() -> tuple[int, int, int]:
    """How many lists differ from their lines, how many lines nobody granted, how many differ from the ruling."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSOUND)
        sums, signatures, amounts = cursor.fetchone()
    return sums, signatures, amounts
