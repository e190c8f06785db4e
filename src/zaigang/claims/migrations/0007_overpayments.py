"""Money that went out and was not due."""

import django.db.models.deletion
import uuid
import zaigang.foundation.crypto.fields
from django.conf import settings
from django.db import migrations, models


GUARDS = """
CREATE TRIGGER claims_repayment_kept BEFORE UPDATE OR DELETE ON claims_repayment
    FOR EACH ROW EXECUTE FUNCTION claims_kept();
CREATE FUNCTION claims_overpayment_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF claims_own_claim(NEW.claim_id, ARRAY[NEW.found_by_id, NEW.written_off_by_id]) THEN
        RAISE EXCEPTION 'claims_not_the_own_file' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_overpayment_lawful BEFORE INSERT OR UPDATE ON claims_overpayment
    FOR EACH ROW EXECUTE FUNCTION claims_overpayment_lawful();
CREATE FUNCTION claims_repaid_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_overpayment WHERE id = NEW.overpayment_id FOR NO KEY UPDATE;
    IF (SELECT coalesce(sum(yuan), 0) FROM claims_repayment WHERE overpayment_id = NEW.overpayment_id) + NEW.yuan
        > (SELECT yuan FROM claims_overpayment WHERE id = NEW.overpayment_id)
    THEN
        RAISE EXCEPTION 'claims_repaid_within' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_repaid_within BEFORE INSERT ON claims_repayment
    FOR EACH ROW EXECUTE FUNCTION claims_repaid_within();
"""
LIFT = """
DROP TRIGGER claims_repaid_within ON claims_repayment;
DROP FUNCTION claims_repaid_within();
DROP TRIGGER claims_overpayment_lawful ON claims_overpayment;
DROP FUNCTION claims_overpayment_lawful();
DROP TRIGGER claims_repayment_kept ON claims_repayment;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_life'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Overpayment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ground', models.CharField(choices=[('stopped', '停领以后的月份已经发了'), ('corrected', '更正以后应发的少了')], max_length=9)),
                ('state', models.CharField(choices=[('found', '查出来了，还没有告诉本人'), ('notified', '告诉了本人'), ('agreed', '说好了怎么退'), ('repaid', '退清了'), ('written_off', '由人决定不再追'), ('withdrawn', '更正：没有多发')], default='found', max_length=11)),
                ('yuan', models.DecimalField(decimal_places=2, max_digits=9)),
                ('law', models.JSONField(help_text="the engine's answer: reasons, ways of return, what is missing")),
                ('found_at', models.DateTimeField()),
                ('notified_on', models.DateField(null=True, verbose_name='哪天告诉本人')),
                ('answer', zaigang.foundation.crypto.fields.SealedTextField(null=True, verbose_name='本人怎么说')),
                ('way', models.CharField(blank=True, choices=[('return', '一次退清'), ('instalments', '分期退'), ('set_off', '从以后的月份里抵')], max_length=11, verbose_name='怎么退')),
                ('agreement', zaigang.foundation.crypto.fields.SealedTextField(null=True, verbose_name='说好的内容')),
                ('written_off_because', zaigang.foundation.crypto.fields.SealedTextField(null=True, verbose_name='为什么不再追')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overpayments', to='claims.claim')),
                ('found_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_off_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('found_at',),
            },
        ),
        migrations.CreateModel(
            name='OverpaidMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('yuan', models.DecimalField(decimal_places=2, max_digits=9)),
                ('current', models.BooleanField(default=True)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overpaid', to='claims.payment')),
                ('overpayment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='months', to='claims.overpayment')),
            ],
            options={
                'ordering': ('payment__month',),
            },
        ),
        migrations.CreateModel(
            name='Repayment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('yuan', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='金额')),
                ('received_on', models.DateField(verbose_name='哪天收到')),
                ('document', zaigang.foundation.crypto.fields.SealedTextField(verbose_name='凭什么单据')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('overpayment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repayments', to='claims.overpayment')),
            ],
            options={
                'ordering': ('received_on', 'at'),
            },
        ),
        migrations.AddConstraint(
            model_name='overpayment',
            constraint=models.CheckConstraint(condition=models.Q(('yuan__gt', 0), models.Q(('state', 'withdrawn'), ('yuan', 0)), _connector='OR'), name='claims_overpaid_something', violation_error_message='多发的金额要大于零'),
        ),
        migrations.AddConstraint(
            model_name='overpayment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('notified', 'agreed')), _negated=True), ('notified_on__isnull', False), _connector='OR'), name='claims_overpaid_told', violation_error_message='先告诉本人，再说怎么退'),
        ),
        migrations.AddConstraint(
            model_name='overpayment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), models.Q(models.Q(('way', ''), _negated=True), ('agreement__isnull', False)), _connector='OR'), name='claims_overpaid_agreed', violation_error_message='说好怎么退，要写明办法和内容'),
        ),
        migrations.AddConstraint(
            model_name='overpayment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'written_off'), ('written_off_because__isnull', False), models.Q(('written_off_by', models.F('found_by')), _negated=True), ('written_off_by__isnull', False)), models.Q(models.Q(('state', 'written_off'), _negated=True), ('written_off_by__isnull', True)), _connector='OR'), name='claims_overpaid_written_off', violation_error_message='不再追要由另一人决定，写明理由'),
        ),
        migrations.AddConstraint(
            model_name='overpaidmonth',
            constraint=models.UniqueConstraint(condition=models.Q(('current', True)), fields=('payment',), name='claims_overpaid_once', violation_error_message='这个月已经记作多发'),
        ),
        migrations.AddConstraint(
            model_name='overpaidmonth',
            constraint=models.CheckConstraint(condition=models.Q(('yuan__gt', 0)), name='claims_overpaid_month_something', violation_error_message='多发的金额要大于零'),
        ),
        migrations.AddConstraint(
            model_name='repayment',
            constraint=models.CheckConstraint(condition=models.Q(('yuan__gt', 0)), name='claims_repaid_something', violation_error_message='退回的金额要大于零'),
        ),
        migrations.RunSQL(GUARDS, LIFT),
    ]
