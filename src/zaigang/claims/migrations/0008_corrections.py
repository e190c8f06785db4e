"""Facts put right after approval, and disagreement."""

import django.db.models.deletion
import uuid
import zaigang.foundation.crypto.fields
from django.conf import settings
from django.db import migrations, models


GUARDS = """
CREATE FUNCTION claims_correction_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF claims_own_claim(NEW.claim_id, ARRAY[NEW.made_by_id, NEW.checked_by_id, NEW.approved_by_id]) THEN
        RAISE EXCEPTION 'claims_not_the_own_file' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state IN ('approved', 'dropped') THEN
        RAISE EXCEPTION 'claims_kept_for_good' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_correction_lawful BEFORE INSERT OR UPDATE ON claims_correction
    FOR EACH ROW EXECUTE FUNCTION claims_correction_lawful();
CREATE FUNCTION claims_appeal_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF claims_own_claim(NEW.claim_id, ARRAY[NEW.noted_by_id, NEW.decided_by_id]) THEN
        RAISE EXCEPTION 'claims_not_the_own_file' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'received' THEN
        RAISE EXCEPTION 'claims_kept_for_good' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM claims_claim WHERE id = NEW.claim_id
        AND NEW.decided_by_id IN (made_by_id, checked_by_id, approved_by_id, stopped_by_id)
    ) THEN
        RAISE EXCEPTION 'claims_appeal_answered_by_another' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_appeal_lawful BEFORE INSERT OR UPDATE ON claims_appeal
    FOR EACH ROW EXECUTE FUNCTION claims_appeal_lawful();
"""
LIFT = """
DROP TRIGGER claims_appeal_lawful ON claims_appeal;
DROP FUNCTION claims_appeal_lawful();
DROP TRIGGER claims_correction_lawful ON claims_correction;
DROP FUNCTION claims_correction_lawful();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0007_overpayments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('received', '收到，等答复'), ('upheld', '答复：维持原来的'), ('changed', '答复：原来的要改'), ('withdrawn', '本人收回')], default='received', max_length=9)),
                ('about', models.CharField(choices=[('decision', '能不能领、领几个月、每月多少'), ('stop', '停发或者暂缓'), ('overpaid', '多发要退的'), ('other', '别的')], max_length=8, verbose_name='不同意的是')),
                ('received_on', models.DateField(verbose_name='哪天收到')),
                ('explained_on', models.DateField(verbose_name='哪天给本人讲过为什么')),
                ('promised_on', models.DateField(verbose_name='答应哪天答复')),
                ('words', zaigang.foundation.crypto.fields.SealedTextField(verbose_name='本人怎么说')),
                ('noted_at', models.DateTimeField()),
                ('answer', zaigang.foundation.crypto.fields.SealedTextField(null=True, verbose_name='答复和理由')),
                ('decided_at', models.DateTimeField(null=True)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='claims.claim')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('promised_on', 'noted_at'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'received')), fields=('claim', 'about'), name='claims_one_open_appeal', violation_error_message='这件事已经有一条等答复的'), models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ('upheld', 'changed'))), models.Q(models.Q(('state__in', ('upheld', 'changed')), _negated=True), ('decided_at__isnull', True), ('decided_by__isnull', True)), _connector='OR'), name='claims_appeal_answered', violation_error_message='答复要有人、时间和理由')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('made', '已提出，等复核'), ('checked', '已复核，等审批'), ('approved', '已审批，照新的办'), ('dropped', '没有通过')], default='made', max_length=8)),
                ('facts', models.JSONField(help_text='what the engine was given')),
                ('law', models.JSONField(default=dict, help_text='territory -> version of its file')),
                ('facts_before', models.JSONField()),
                ('outcome', models.CharField(choices=[('grant', '同意发放'), ('refuse', '这次不发放'), ('hold', '先收下，还不能定')], max_length=6)),
                ('outcome_before', models.CharField(choices=[('grant', '同意发放'), ('refuse', '这次不发放'), ('hold', '先收下，还不能定')], max_length=6)),
                ('differs', models.BooleanField(help_text='the clerk decided otherwise than the engine proposed')),
                ('why', zaigang.foundation.crypto.fields.SealedTextField(verbose_name='凭什么更正')),
                ('made_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('dropped_because', zaigang.foundation.crypto.fields.SealedTextField(null=True, verbose_name='为什么没有通过')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.ruling')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='claims.claim')),
                ('dropped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ruling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.ruling')),
            ],
            options={
                'ordering': ('made_at',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('made', 'checked'))), fields=('claim',), name='claims_one_open_correction', violation_error_message='这份申领已经有一条等签字的更正'), models.CheckConstraint(condition=models.Q(models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('made_by')), _negated=True), _connector='OR'), models.Q(('approved_by__isnull', True), models.Q(models.Q(('approved_by', models.F('made_by')), _negated=True), models.Q(('checked_by__isnull', True), models.Q(('approved_by', models.F('checked_by')), _negated=True), _connector='OR')), _connector='OR')), name='claims_correction_by_others', violation_error_message='提出、复核、审批要是不同的人'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_by__isnull', True)), _connector='OR'), name='claims_correction_approved', violation_error_message='审批要有时间和审批人'), models.CheckConstraint(condition=models.Q(models.Q(('dropped_because__isnull', False), ('dropped_by__isnull', False), ('state', 'dropped')), models.Q(models.Q(('state', 'dropped'), _negated=True), ('dropped_by__isnull', True)), _connector='OR'), name='claims_correction_dropped', violation_error_message='没有通过要写明理由'), models.CheckConstraint(condition=models.Q(('outcome', 'hold'), _negated=True), name='claims_correction_decides', violation_error_message='更正要定下来，不能先收下')],
            },
        ),
        migrations.RunSQL(GUARDS, LIFT),
    ]
