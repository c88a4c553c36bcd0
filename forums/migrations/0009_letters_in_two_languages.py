"""Letters in a second language as well, for an address that asked for it."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forums', '0008_kept_files_are_scanned'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ],
            options={
                'verbose_name': 'second language of letters',
                'verbose_name_plural': 'second languages of letters',
                'ordering': ['email'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='an_address_has_one_second_language')],
            },
        ),
    ]
