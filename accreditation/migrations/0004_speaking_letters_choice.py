
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accreditation", "0003_rules_in_sql"),
    ]

    operations = [
        migrations.CreateModel(
            name='SpeakingLettersChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withheld', models.BooleanField(default=False, verbose_name='no letter goes out')),
                ('reason', models.TextField(blank=True, verbose_name='why no letter goes out')),
                ('words', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letters_choice', to='accreditation.speakingrequeststep')),
            ],
            options={
                'verbose_name': 'choice about letters of a speaking request',
                'verbose_name_plural': 'choices about letters of speaking requests',
                'ordering': ['at', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withheld', True), ('words', {})), models.Q(('reason', ''), ('withheld', False)), _connector='OR'), name='letters_of_speaking_are_withheld_or_worded_anew')],
            },
        ),
    ]
