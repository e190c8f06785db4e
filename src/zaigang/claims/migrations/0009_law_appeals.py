"""A claim under appeal is left to a person when the law changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0008_corrections'),
    ]

    operations = [
        migrations.AlterField(
            model_name='laweffect',
            name='needs',
            field=models.CharField(blank=True, choices=[('differs', '经办人另作的决定，不自动改'), ('stopped', '已经停发，不自动改'), ('appeal', '本人不同意，还没有答复，不自动改'), ('outcome', '结论变了，要人重新决定'), ('fewer', '月数变少了，不自动减'), ('unknown', '有的月份金额不清楚了'), ('overpaid', '以前多发了，不自动扣'), ('own', '确认人自己的档案，要别人办')], max_length=8),
        ),
    ]
