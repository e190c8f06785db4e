"""Versions of the law, what each changes for whom, and back-pay."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION claims_law_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
            RAISE EXCEPTION 'claims_law_is_its_digest' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR (NEW.territory, NEW.name, NEW.text, NEW.sha256, NEW.note, NEW.loaded_by_id, NEW.loaded_at)
        IS DISTINCT FROM (OLD.territory, OLD.name, OLD.text, OLD.sha256, OLD.note, OLD.loaded_by_id, OLD.loaded_at)
    THEN
        RAISE EXCEPTION 'claims_law_for_good' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN
        (('draft', 'in_force'), ('draft', 'withdrawn'), ('in_force', 'superseded'))
    THEN
        RAISE EXCEPTION 'claims_law_in_its_order' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_law_kept BEFORE INSERT OR UPDATE OR DELETE ON claims_lawfile
    FOR EACH ROW EXECUTE FUNCTION claims_law_kept();
CREATE FUNCTION claims_back_pay_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER claims_back_pay_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_backpay
    FOR EACH ROW EXECUTE FUNCTION claims_back_pay_guard();
CREATE FUNCTION claims_effect_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'claims_effect_for_good' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER claims_effect_kept BEFORE UPDATE OR DELETE ON claims_laweffect
    FOR EACH ROW WHEN (OLD.applied) EXECUTE FUNCTION claims_effect_kept();
"""
LIFT = """
DROP TRIGGER claims_effect_kept ON claims_laweffect;
DROP FUNCTION claims_effect_kept();
DROP TRIGGER claims_back_pay_guard ON claims_backpay;
DROP FUNCTION claims_back_pay_guard();
DROP TRIGGER claims_law_kept ON claims_lawfile;
DROP FUNCTION claims_law_kept();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0004_monthly_rule'),
        ('roster', '0002_life_events'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='law',
            field=models.JSONField(db_default={}, default=dict, help_text='territory -> version of its file'),
        ),
        migrations.AddField(
            model_name='firstdecision',
            name='law',
            field=models.JSONField(db_default={}, default=dict, help_text='territory -> version of its file'),
        ),
        migrations.CreateModel(
            name='LawFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('territory', models.CharField(max_length=6)),
                ('name', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('note', models.CharField(max_length=300, verbose_name='为什么改、按哪个文件')),
                ('state', models.CharField(choices=[('draft', '等另一人确认'), ('in_force', '施行中'), ('superseded', '已被后来的代替'), ('withdrawn', '没有施行，已撤回')], default='draft', max_length=10)),
                ('loaded_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(help_text='when it was superseded or withdrawn', null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('loaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-loaded_at',),
            },
        ),
        migrations.CreateModel(
            name='BackPay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('yuan', models.DecimalField(decimal_places=2, max_digits=9)),
                ('standard', models.DecimalField(decimal_places=2, help_text="the month's amount as it is now", max_digits=9)),
                ('source', models.JSONField()),
                ('state', models.CharField(choices=[('released', '等下一份名册'), ('listed', '已列入名册')], default='released', max_length=8)),
                ('released_at', models.DateTimeField()),
                ('list', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='back_pays', to='claims.paymentlist')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='back_pays', to='claims.payment')),
                ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='back_pays', to='claims.lawfile')),
            ],
            options={
                'ordering': ('payment', 'released_at'),
            },
        ),
        migrations.CreateModel(
            name='LawRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('preview', '试算'), ('apply', '重新测算')], max_length=7)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('on', models.DateField(help_text='whoever has not claimed is decided by the rules of this day')),
                ('before', models.TextField(blank=True, help_text='stamp of the law without this file')),
                ('cursor', models.UUIDField(null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='claims.lawfile')),
            ],
            options={
                'ordering': ('-started_at',),
            },
        ),
        migrations.CreateModel(
            name='LawEffect',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('about', models.CharField(choices=[('decision', '首次测算'), ('claim', '申领')], max_length=8)),
                ('changes', models.JSONField(default=list)),
                ('needs', models.CharField(blank=True, choices=[('differs', '经办人另作的决定，不自动改'), ('stopped', '已经停发，不自动改'), ('outcome', '结论变了，要人重新决定'), ('fewer', '月数变少了，不自动减'), ('unknown', '有的月份金额不清楚了'), ('overpaid', '以前多发了，不自动扣'), ('own', '确认人自己的档案，要别人办')], max_length=8)),
                ('applied', models.BooleanField(default=False)),
                ('counted', models.BooleanField(default=True)),
                ('eligible_before', models.CharField(max_length=10)),
                ('eligible_after', models.CharField(max_length=10)),
                ('months_before', models.PositiveSmallIntegerField(null=True)),
                ('months_after', models.PositiveSmallIntegerField(null=True)),
                ('month_before', models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ('month_after', models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ('yuan_before', models.DecimalField(decimal_places=2, max_digits=9)),
                ('yuan_after', models.DecimalField(decimal_places=2, max_digits=9)),
                ('back_pay', models.DecimalField(decimal_places=2, default=0, max_digits=9)),
                ('overpaid', models.DecimalField(decimal_places=2, default=0, max_digits=9)),
                ('facts_before', models.JSONField(null=True)),
                ('law_before', models.JSONField(default=dict)),
                ('decided_before', models.DateField(null=True)),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.ruling')),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.ruling')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='law_effects', to='roster.case')),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='law_effects', to='claims.claim')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='claims.lawrun')),
            ],
            options={
                'ordering': ('case', 'about'),
            },
        ),
        migrations.AddConstraint(
            model_name='lawfile',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('territory',), name='claims_one_law_in_force', violation_error_message='这个地方已经有一份施行中的规定'),
        ),
        migrations.AddConstraint(
            model_name='lawfile',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('loaded_by')), _negated=True), _connector='OR'), name='claims_law_confirmed_by_another', violation_error_message='确认的人不能是载入的人'),
        ),
        migrations.AddConstraint(
            model_name='lawfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', True), ('state__in', ('draft', 'withdrawn'))), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('state__in', ('in_force', 'superseded'))), _connector='OR'), name='claims_law_confirmed', violation_error_message='施行的规定要有确认人和时间'),
        ),
        migrations.AddConstraint(
            model_name='lawfile',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='claims_law_has_note', violation_error_message='请写明为什么改、按哪个文件'),
        ),
        migrations.AddConstraint(
            model_name='backpay',
            constraint=models.UniqueConstraint(fields=('payment', 'file'), name='claims_back_pay_once', violation_error_message='同一个月、同一份规定只补一次'),
        ),
        migrations.AddConstraint(
            model_name='backpay',
            constraint=models.CheckConstraint(condition=models.Q(('yuan__gt', 0)), name='claims_back_pay_is_more', violation_error_message='补发的差额应大于0'),
        ),
        migrations.AddConstraint(
            model_name='backpay',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('list__isnull', False), ('state', 'listed')), models.Q(('list__isnull', True), ('state', 'released')), _connector='OR'), name='claims_back_pay_listed_where', violation_error_message='列入名册要写明哪一份'),
        ),
        migrations.AddConstraint(
            model_name='lawrun',
            constraint=models.UniqueConstraint(fields=('file', 'kind'), name='claims_law_run_once', violation_error_message='这份规定已经在算了'),
        ),
        migrations.AddConstraint(
            model_name='laweffect',
            constraint=models.UniqueConstraint(fields=('run', 'case', 'about'), name='claims_law_effect_once', violation_error_message='这个人已经算过了'),
        ),
        migrations.AddConstraint(
            model_name='laweffect',
            constraint=models.CheckConstraint(condition=models.Q(('applied', False), models.Q(('before__isnull', False), ('after__isnull', False)), _connector='OR'), name='claims_law_effect_keeps_before', violation_error_message='改过的要留下原来的'),
        ),
        migrations.RunSQL(GUARDS, LIFT),
    ]
