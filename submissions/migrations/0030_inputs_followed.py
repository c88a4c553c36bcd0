import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forums', '0006_inputs_used'),
        ('submissions', '0028_newest_step_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='InputsFollowing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], default='en', max_length=10, verbose_name='language of letters')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('told_until', models.DateTimeField(blank=True, null=True)),
                ('query', models.TextField(blank=True, max_length=2000, verbose_name='list')),
                ('pace', models.CharField(choices=[('daily', 'Once a day'), ('weekly', 'Once a week')], default='weekly', max_length=10, verbose_name='how often')),
                ('token_hash', models.CharField(db_index=True, editable=False, max_length=64)),
                ('name', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'list of inputs followed by mail',
                'verbose_name_plural': 'lists of inputs followed by mail',
                'ordering': ['email', 'pk'],
                'indexes': [models.Index(condition=models.Q(('confirmed_at__isnull', False)), fields=['pace', 'told_until'], name='followings_to_tell')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('query'), condition=models.Q(('confirmed_at__isnull', False)), name='an_address_follows_a_list_once')],
            },
        ),
        migrations.CreateModel(
            name='ToldInput',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('following', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='submissions.inputsfollowing')),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='forums.letter')),
                ('published', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='submissions.publishedinput')),
            ],
            options={
                'verbose_name': 'input told by mail',
                'verbose_name_plural': 'inputs told by mail',
                'ordering': ['following', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('following', 'published'), name='an_input_is_told_once')],
            },
        ),
    ]
