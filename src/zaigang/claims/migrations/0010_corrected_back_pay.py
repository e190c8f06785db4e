"""A correction that finds too little paid makes back-pay; what waits for a list may be dropped by a later one."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION claims_back_pay_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state <> 'released' THEN
        RAISE EXCEPTION 'claims_listed_for_good' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    -- What is dropped asks for nothing: the claim may be refused by then.
    IF NEW.state <> 'dropped' AND NOT EXISTS (
        SELECT 1 FROM claims_payment p JOIN claims_claim c ON c.id = p.claim_id
        WHERE p.id = NEW.payment_id AND p.state = 'listed' AND c.state = 'approved' AND c.outcome = 'grant'
    ) THEN
        RAISE EXCEPTION 'claims_back_pay_for_listed_months' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.correction_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_correction o JOIN claims_payment p ON p.claim_id = o.claim_id
        WHERE o.id = NEW.correction_id AND p.id = NEW.payment_id AND o.state = 'approved'
    ) THEN
        RAISE EXCEPTION 'claims_back_pay_of_its_correction' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION claims_back_pay_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state = 'listed' THEN
        RAISE EXCEPTION 'claims_listed_for_good' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM claims_payment p JOIN claims_claim c ON c.id = p.claim_id
        WHERE p.id = NEW.payment_id AND p.state = 'listed' AND c.state = 'approved' AND c.outcome = 'grant'
    ) THEN
        RAISE EXCEPTION 'claims_back_pay_for_listed_months' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0009_law_appeals'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='backpay',
            name='claims_back_pay_listed_where',
        ),
        migrations.AddField(
            model_name='backpay',
            name='correction',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='back_pays', to='claims.correction'),
        ),
        migrations.AlterField(
            model_name='backpay',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='back_pays', to='claims.lawfile'),
        ),
        migrations.AlterField(
            model_name='backpay',
            name='state',
            field=models.CharField(choices=[('released', '等下一份名册'), ('listed', '已列入名册'), ('dropped', '更正以后不补了')], default='released', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='backpay',
            constraint=models.UniqueConstraint(fields=('payment', 'correction'), name='claims_back_pay_once_corrected', violation_error_message='同一个月、同一条更正只补一次'),
        ),
        migrations.AddConstraint(
            model_name='backpay',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correction__isnull', True), ('file__isnull', False)), models.Q(('correction__isnull', False), ('file__isnull', True)), _connector='OR'), name='claims_back_pay_of_law_or_correction', violation_error_message='补发要么按规定，要么按更正'),
        ),
        migrations.AddConstraint(
            model_name='backpay',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('list__isnull', False), ('state', 'listed')), models.Q(models.Q(('state', 'listed'), _negated=True), ('list__isnull', True)), _connector='OR'), name='claims_back_pay_listed_where', violation_error_message='列入名册要写明哪一份'),
        ),
        migrations.RunSQL(GUARD, BEFORE),
    ]
