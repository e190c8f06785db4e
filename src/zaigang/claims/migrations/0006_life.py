"""Dated episodes of a claim's life, offers that were refused, months that wait."""

import django.db.models.deletion
import uuid
import zaigang.foundation.crypto.fields
from django.conf import settings
from django.db import migrations, models


GUARDS = """
CREATE FUNCTION claims_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'claims_kept_for_good' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER claims_episode_kept BEFORE UPDATE OR DELETE ON claims_episode
    FOR EACH ROW EXECUTE FUNCTION claims_kept();
CREATE FUNCTION claims_own_claim(claim uuid, staff uuid[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM offices_staff s JOIN roster_worker w ON w.id_index = s.id_index
        JOIN roster_case c ON c.worker_id = w.id JOIN claims_claim k ON k.case_id = c.id
        WHERE k.id = claim AND s.id = ANY(staff)
    )
$$;
CREATE FUNCTION claims_episode_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF claims_own_claim(NEW.claim_id, ARRAY[NEW.by_id, NEW.noted_by_id]) THEN
        RAISE EXCEPTION 'claims_not_the_own_file' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_episode_lawful BEFORE INSERT ON claims_episode
    FOR EACH ROW EXECUTE FUNCTION claims_episode_lawful();
CREATE FUNCTION claims_refusal_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF claims_own_claim(NEW.claim_id, ARRAY[NEW.noted_by_id, NEW.heard_by_id, NEW.judged_by_id]) THEN
        RAISE EXCEPTION 'claims_not_the_own_file' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'noted' THEN
        RAISE EXCEPTION 'claims_kept_for_good' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_refusal_lawful BEFORE INSERT OR UPDATE ON claims_refusal
    FOR EACH ROW EXECUTE FUNCTION claims_refusal_lawful();
"""
LIFT = """
DROP TRIGGER claims_refusal_lawful ON claims_refusal;
DROP FUNCTION claims_refusal_lawful();
DROP TRIGGER claims_episode_lawful ON claims_episode;
DROP FUNCTION claims_episode_lawful();
DROP FUNCTION claims_own_claim(uuid, uuid[]);
DROP TRIGGER claims_episode_kept ON claims_episode;
DROP FUNCTION claims_kept();
"""
STOPPED = "UPDATE claims_claim SET life = 'stopped' WHERE stopped_on IS NOT NULL"


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_law'),
        ('roster', '0002_life_events'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(help_text="the claim's first, second … episode")),
                ('act', models.CharField(choices=[('suspend', '暂缓发放'), ('prolong', '延长暂缓'), ('lift', '继续发放'), ('stop', '停发'), ('undo_stop', '更正：停错了，恢复'), ('resume', '再次失业，接着领'), ('carry', '剩下的月数转到新的申领'), ('undo_carry', '更正：不转'), ('correct', '更正事实，重新核定')], max_length=10)),
                ('start', models.CharField(choices=[('running', '没有停'), ('suspended', '暂缓发放'), ('stopped', '停发'), ('carried', '剩下的月数转到新的申领')], max_length=9)),
                ('end', models.CharField(choices=[('running', '没有停'), ('suspended', '暂缓发放'), ('stopped', '停发'), ('carried', '剩下的月数转到新的申领')], max_length=9)),
                ('on', models.DateField(verbose_name='从哪天起')),
                ('until', models.DateField(null=True, verbose_name='到哪天再看')),
                ('reason', models.CharField(blank=True, choices=[('41', '重新就业'), ('42', '应征服兵役'), ('43', '移居境外'), ('44', '享受基本养老保险待遇'), ('45', '被判刑收监执行'), ('46', '无正当理由，拒不接受介绍的适当工作或者培训'), ('47', '法律规定的其他情形'), ('90', '去世'), ('maybe_working', '查到参保或用工记录，要核实'), ('maybe_pension', '可能已领养老金，要核实'), ('unreachable', '联系不上本人，要核实'), ('account_wrong', '银行退票，账户要核对'), ('papers_doubted', '材料有疑问，要核实'), ('other', '其他要核实的')], max_length=14)),
                ('evidence', zaigang.foundation.crypto.fields.SealedTextField(verbose_name='凭什么材料')),
                ('months', models.JSONField(default=list, help_text='the months that it moved, YYYY-MM')),
                ('facts', models.JSONField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('claim', 'number'),
            },
        ),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('noted', '已记下，等另一人核定'), ('confirmed', '核定：没有正当理由，停发'), ('dropped', '核定：不影响领取')], default='noted', max_length=9)),
                ('kind', models.CharField(choices=[('work', '工作'), ('training', '培训')], max_length=8, verbose_name='介绍的是')),
                ('offered_on', models.DateField(verbose_name='哪天介绍的')),
                ('refused_on', models.DateField(verbose_name='哪天没有接受')),
                ('told_on', models.DateField(verbose_name='哪天告诉过本人后果')),
                ('offer', zaigang.foundation.crypto.fields.SealedTextField(verbose_name='哪个单位、什么岗位或培训')),
                ('place', zaigang.foundation.crypto.fields.SealedTextField(verbose_name='在哪里、怎么去')),
                ('terms', zaigang.foundation.crypto.fields.SealedTextField(verbose_name='工资、班次、要求')),
                ('suitable', zaigang.foundation.crypto.fields.SealedTextField(verbose_name='为什么适合本人')),
                ('words', zaigang.foundation.crypto.fields.SealedTextField(verbose_name='本人怎么说')),
                ('noted_at', models.DateTimeField()),
                ('heard_on', models.DateField(null=True, verbose_name='哪天听取本人说明')),
                ('heard', zaigang.foundation.crypto.fields.SealedTextField(null=True, verbose_name='本人的说明')),
                ('judgement', zaigang.foundation.crypto.fields.SealedTextField(null=True, verbose_name='核定的理由')),
                ('judged_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('noted_at',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='claims_released_with_amount',
        ),
        migrations.AddField(
            model_name='claim',
            name='life',
            field=models.CharField(choices=[('running', '没有停'), ('suspended', '暂缓发放'), ('stopped', '停发'), ('carried', '剩下的月数转到新的申领')], db_default='running', default='running', max_length=9),
        ),
        migrations.AddField(
            model_name='claim',
            name='suspended_until',
            field=models.DateField(help_text='when somebody looks again; nothing happens by itself', null=True),
        ),
        migrations.RunSQL(STOPPED, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='payment',
            name='state',
            field=models.CharField(choices=[('planned', '计划发放'), ('released', '已放行'), ('listed', '已列入名册'), ('stopped', '停发'), ('held', '暂缓')], default='planned', max_length=8),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('suspended_until__isnull', False)), fields=['suspended_until'], name='claims_claim_suspended'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('life__in', ('stopped', 'carried')), ('stopped_on__isnull', False)), models.Q(('life__in', ('running', 'suspended')), ('stopped_on__isnull', True)), _connector='OR'), name='claims_stopped_in_life', violation_error_message='停发的申领要有停发日期，没有停的不能有'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('life', 'suspended'), ('suspended_until__isnull', False)), models.Q(models.Q(('life', 'suspended'), _negated=True), ('suspended_until__isnull', True)), _connector='OR'), name='claims_suspended_until', violation_error_message='暂缓发放要写明到哪天再看'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('life', 'suspended'), _negated=True), models.Q(('outcome', 'grant'), ('state', 'approved')), _connector='OR'), name='claims_suspended_when_granted', violation_error_message='同意发放、审批过的申领才能暂缓'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('planned', 'stopped', 'held')), models.Q(('yuan__isnull', False), ('released_by__isnull', False), ('released_at__isnull', False)), _connector='OR'), name='claims_released_with_amount', violation_error_message='金额不清楚的月份不能放行'),
        ),
        migrations.AddField(
            model_name='episode',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='episode',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='episodes', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='episode',
            name='noted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='episode',
            name='ruling',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.ruling'),
        ),
        migrations.AddField(
            model_name='refusal',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='refusal',
            name='heard_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refusal',
            name='judged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refusal',
            name='noted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.UniqueConstraint(fields=('claim', 'number'), name='claims_episode_once', violation_error_message='这份申领刚才有人改过'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act', 'suspend'), ('until__isnull', False)), models.Q(('act', 'prolong'), ('until__isnull', False)), models.Q(models.Q(('act__in', ('suspend', 'prolong')), _negated=True), ('until__isnull', True)), _connector='OR'), name='claims_episode_until', violation_error_message='暂缓发放要写明到哪天再看'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('facts__isnull', True), ('ruling__isnull', True)), models.Q(('facts__isnull', False), ('ruling__isnull', False)), _connector='OR'), name='claims_episode_stood_on', violation_error_message='改了核定的，要留下原来的核定和事实'),
        ),
        migrations.AddConstraint(
            model_name='refusal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'noted')), fields=('claim',), name='claims_one_open_refusal', violation_error_message='这份申领已经有一条等核定的拒绝记录'),
        ),
        migrations.AddConstraint(
            model_name='refusal',
            constraint=models.CheckConstraint(condition=models.Q(('told_on__lte', models.F('refused_on')), ('offered_on__lte', models.F('refused_on'))), name='claims_refused_after_told', violation_error_message='介绍和告知后果都要在本人没有接受以前'),
        ),
        migrations.AddConstraint(
            model_name='refusal',
            constraint=models.CheckConstraint(condition=models.Q(('judged_by__isnull', True), models.Q(('judged_by', models.F('noted_by')), _negated=True), _connector='OR'), name='claims_refusal_judged_by_another', violation_error_message='核定的人不能是记下的人'),
        ),
        migrations.AddConstraint(
            model_name='refusal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('judged_by__isnull', True), ('state', 'noted')), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False), ('judgement__isnull', False), ('state__in', ('confirmed', 'dropped'))), _connector='OR'), name='claims_refusal_judged', violation_error_message='核定要有人、时间和理由'),
        ),
        migrations.AddConstraint(
            model_name='refusal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('heard__isnull', True), ('heard_by__isnull', True), ('heard_on__isnull', True)), models.Q(('heard__isnull', False), ('heard_by__isnull', False), ('heard_on__isnull', False)), _connector='OR'), name='claims_refusal_heard', violation_error_message='听取说明要有日期、内容和人'),
        ),
        migrations.RunSQL(GUARDS, LIFT),
    ]
