"""The calendar: rules, waivers, changes, followers, wordings, the programme; the basis of a duty in two columns."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import forums.models.follower
import forums.models.programme
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


NUMBER_FORMER_DATES = '''
UPDATE forums_formerdates SET edition = counted.number FROM (
    SELECT id, row_number() OVER (PARTITION BY forum_id ORDER BY id) AS number FROM forums_formerdates
) AS counted WHERE counted.id = forums_formerdates.id
'''
SPLIT_BASIS = '''
UPDATE forums_milestone SET resolution = split_part(basis, ', para. ', 1), paragraph = split_part(basis, ', para. ', 2)
WHERE basis LIKE 'A/RES/%'
'''
JOIN_BASIS = '''
UPDATE forums_milestone SET basis = resolution || ', para. ' || paragraph WHERE resolution <> ''
'''


class Migration(migrations.Migration):

    dependencies = [
        ('forums', '0002_first_release'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=forums.models.follower.new_key, editable=False, max_length=40, unique=True)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'private calendar address',
                'verbose_name_plural': 'private calendar addresses',
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('dated', 'Dates set'), ('moved', 'Dates moved'), ('convened', 'Forum convened'), ('call_moved', 'Call extended, reopened or moved'), ('met', 'Duty met'), ('waived', 'Duty waived'), ('document', 'Document available'), ('programme', 'Programme released')], max_length=12, verbose_name='kind of change')),
                ('what', models.JSONField(default=dict, verbose_name='what changed')),
                ('at', models.DateTimeField(verbose_name='changed')),
                ('announced_at', models.DateTimeField(blank=True, null=True)),
                ('trouble', models.TextField(blank=True, verbose_name='why its letters could not be written')),
            ],
            options={
                'verbose_name': 'change of the calendar',
                'verbose_name_plural': 'changes of the calendar',
                'ordering': ['-at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='web address')),
                ('file', models.FileField(blank=True, upload_to='documents/', verbose_name='file')),
                ('size', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                'verbose_name': 'language of a document',
                'verbose_name_plural': 'languages of a document',
                'ordering': ['document', 'language'],
            },
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], default='en', max_length=10, verbose_name='language of letters')),
                ('pace', models.CharField(choices=[('at_once', 'At once'), ('weekly', 'Once a week')], default='at_once', max_length=10, verbose_name='how often')),
                ('key', models.CharField(default=forums.models.follower.new_key, editable=False, max_length=40, unique=True)),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('stopped_at', models.DateTimeField(blank=True, null=True, verbose_name='stopped')),
                ('told_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'follower of the calendar',
                'verbose_name_plural': 'followers of the calendar',
                'ordering': ['email', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingRoom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('name_ar', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_en', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_ru', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=120, null=True, verbose_name='name')),
                ('seats', models.PositiveIntegerField(blank=True, null=True, verbose_name='seats')),
                ('access', models.TextField(blank=True, verbose_name='how it is reached, also with a wheelchair')),
            ],
            options={
                'verbose_name': 'meeting room',
                'verbose_name_plural': 'meeting rooms',
                'ordering': ['forum', 'name'],
            },
        ),
        migrations.CreateModel(
            name='NationalReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=400, verbose_name='title')),
                ('language', models.CharField(blank=True, max_length=10, verbose_name='language')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('presented_on', models.DateField(blank=True, null=True, verbose_name='presented')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='web address')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('source', models.TextField(blank=True, verbose_name='source')),
            ],
            options={
                'verbose_name': 'national review',
                'verbose_name_plural': 'national reviews',
                'ordering': ['-year', 'country', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40, verbose_name='rule')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='recorded')),
            ],
            options={
                'verbose_name': 'recorded override',
                'verbose_name_plural': 'recorded overrides',
                'ordering': ['forum', 'at'],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('sessions', models.JSONField(default=list, verbose_name='sessions')),
                ('changes', models.JSONField(default=list, verbose_name='changes')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('released_at', models.DateTimeField(verbose_name='released')),
            ],
            options={
                'verbose_name': 'release of the programme',
                'verbose_name_plural': 'releases of the programme',
                'ordering': ['forum', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='address')),
                ('kind', models.CharField(choices=[('report', "Secretary-General's report available"), ('note', 'Background note circulated'), ('hearing', 'Multi-stakeholder hearing'), ('declaration', 'Progress Declaration agreed'), ('concept_note', 'Concept notes out'), ('accreditation', 'Accreditation closes'), ('registration', 'Registration closes'), ('speakers', 'Speakers’ list closes'), ('other', 'Other')], max_length=16, verbose_name='kind of duty')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_ar', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_ru', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('weeks_before', models.PositiveSmallIntegerField(default=0, verbose_name='weeks before the first day')),
                ('days_before', models.SmallIntegerField(default=0, verbose_name='days before the first day')),
                ('on_last_day', models.BooleanField(default=False, verbose_name='counted from the last day instead')),
                ('each_round_table', models.BooleanField(default=False, verbose_name='once for each round table')),
                ('resolution', models.CharField(blank=True, max_length=40, verbose_name='resolution')),
                ('paragraph', models.CharField(blank=True, max_length=12, verbose_name='paragraph')),
                ('in_force', models.BooleanField(default=True, verbose_name='laid on forums that are dated from now on')),
            ],
            options={
                'verbose_name': 'rule',
                'verbose_name_plural': 'rules',
                'ordering': ['-weeks_before', '-days_before', 'code'],
            },
        ),
        migrations.CreateModel(
            name='RuleHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('weeks_before', models.PositiveSmallIntegerField(default=0, verbose_name='weeks before the first day')),
                ('days_before', models.SmallIntegerField(default=0, verbose_name='days before the first day')),
                ('on_last_day', models.BooleanField(default=False, verbose_name='counted from the last day instead')),
                ('in_force', models.BooleanField(default=True, verbose_name='laid on forums that are dated from now on')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, verbose_name='address')),
                ('kind', models.CharField(choices=[('hearing', 'Multi-stakeholder hearing'), ('opening', 'Opening segment'), ('round_table', 'Round table'), ('policy_debate', 'Policy debate'), ('general_debate', 'General debate'), ('closing', 'Closing with the Progress Declaration'), ('side_event', 'Side event'), ('other', 'Other session')], max_length=16, verbose_name='kind of session')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('title_ar', models.CharField(max_length=300, null=True, verbose_name='title')),
                ('title_zh_hans', models.CharField(max_length=300, null=True, verbose_name='title')),
                ('title_en', models.CharField(max_length=300, null=True, verbose_name='title')),
                ('title_fr', models.CharField(max_length=300, null=True, verbose_name='title')),
                ('title_ru', models.CharField(max_length=300, null=True, verbose_name='title')),
                ('title_es', models.CharField(max_length=300, null=True, verbose_name='title')),
                ('description', models.TextField(blank=True, verbose_name='what it is about')),
                ('description_ar', models.TextField(blank=True, null=True, verbose_name='what it is about')),
                ('description_zh_hans', models.TextField(blank=True, null=True, verbose_name='what it is about')),
                ('description_en', models.TextField(blank=True, null=True, verbose_name='what it is about')),
                ('description_fr', models.TextField(blank=True, null=True, verbose_name='what it is about')),
                ('description_ru', models.TextField(blank=True, null=True, verbose_name='what it is about')),
                ('description_es', models.TextField(blank=True, null=True, verbose_name='what it is about')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends (this instant is already outside)')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link to follow it')),
                ('interpretation', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10), blank=True, default=list, size=None, verbose_name='languages of interpretation')),
                ('chairs', models.TextField(blank=True, verbose_name='chair or co-chairs, one a line')),
                ('facilitator', models.CharField(blank=True, max_length=200, verbose_name='facilitator')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('cancelled_because', models.TextField(blank=True, verbose_name='cancelled, because')),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['forum', 'starts_at', 'ends_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SessionHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends (this instant is already outside)')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('role', models.CharField(choices=[('president', 'President of the General Assembly'), ('secretary_general', 'Secretary-General'), ('director_general', 'Director General of IOM'), ('migrants', 'Representative of migrants'), ('civil_society', 'Representative of civil society, with the summary of the hearing'), ('other', 'Other speaker')], max_length=20, verbose_name='role')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('body', models.CharField(blank=True, max_length=300, verbose_name='organisation or State')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes')),
            ],
            options={
                'verbose_name': 'slot',
                'verbose_name_plural': 'slots',
                'ordering': ['session', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StoppedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('topic', models.CharField(max_length=30, verbose_name='topic')),
                ('at', models.DateTimeField(verbose_name='stopped')),
            ],
            options={
                'verbose_name': 'stopped topic of letters',
                'verbose_name_plural': 'stopped topics of letters',
                'ordering': ['email', 'topic'],
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('agreed', models.BooleanField(blank=True, null=True, verbose_name='agreed')),
            ],
            options={
                'verbose_name': 'waiver',
                'verbose_name_plural': 'waivers',
                'ordering': ['milestone', 'asked_at'],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80, verbose_name='kind of letter')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
                ('subject', models.CharField(max_length=300, verbose_name='subject')),
                ('text', models.TextField(verbose_name='text')),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'wording of a letter',
                'verbose_name_plural': 'wordings of letters',
                'ordering': ['kind', 'language'],
            },
        ),
        migrations.CreateModel(
            name='WordingHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('subject', models.CharField(max_length=300, verbose_name='subject')),
                ('text', models.TextField(verbose_name='text')),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='extension',
            name='an_extension_extends',
        ),
        migrations.RemoveConstraint(
            model_name='formerdates',
            name='former_dates_once',
        ),
        migrations.RemoveConstraint(
            model_name='regionalreview',
            name='one_review_per_round_and_name',
        ),
        migrations.AddField(
            model_name='call',
            name='contact',
            field=models.EmailField(blank=True, max_length=254, verbose_name='whom to ask'),
        ),
        migrations.AddField(
            model_name='call',
            name='feeds',
            field=models.ForeignKey(blank=True, help_text='A call that feeds the report or a background note closes before that duty is due.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='calls', to='forums.milestone', verbose_name='duty that it feeds'),
        ),
        migrations.AddField(
            model_name='call',
            name='kind',
            field=models.CharField(blank=True, choices=[('national_review', 'Voluntary national GCM review'), ('local_government', 'Input of a local or regional government'), ('regional_review', 'Outcome of a regional review'), ('stakeholder', 'Stakeholder input'), ('un_system', 'Input of the UN system'), ('round_table', 'Input to a round table'), ('report', 'Input to the report of the Secretary-General')], max_length=20, verbose_name='kind of input'),
        ),
        migrations.AddField(
            model_name='call',
            name='questions',
            field=models.TextField(blank=True, verbose_name='guiding questions, one a line'),
        ),
        migrations.AddField(
            model_name='call',
            name='questions_ar',
            field=models.TextField(blank=True, null=True, verbose_name='guiding questions, one a line'),
        ),
        migrations.AddField(
            model_name='call',
            name='questions_en',
            field=models.TextField(blank=True, null=True, verbose_name='guiding questions, one a line'),
        ),
        migrations.AddField(
            model_name='call',
            name='questions_es',
            field=models.TextField(blank=True, null=True, verbose_name='guiding questions, one a line'),
        ),
        migrations.AddField(
            model_name='call',
            name='questions_fr',
            field=models.TextField(blank=True, null=True, verbose_name='guiding questions, one a line'),
        ),
        migrations.AddField(
            model_name='call',
            name='questions_ru',
            field=models.TextField(blank=True, null=True, verbose_name='guiding questions, one a line'),
        ),
        migrations.AddField(
            model_name='call',
            name='questions_zh_hans',
            field=models.TextField(blank=True, null=True, verbose_name='guiding questions, one a line'),
        ),
        migrations.AddField(
            model_name='call',
            name='sequence',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='extension',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='extension',
            name='corrected_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='extension',
            name='kind',
            field=models.CharField(choices=[('extended', 'Extended'), ('reopened', 'Reopened'), ('moved', 'Moved with the forum')], default='extended', max_length=10, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='extension',
            name='told',
            field=models.CharField(choices=[('nobody', 'Nobody'), ('concerned', 'Those with a draft, and those who were told the former closing'), ('everybody', 'These, and everybody who follows the calendar')], default='concerned', max_length=10, verbose_name='who is told'),
        ),
        migrations.AddField(
            model_name='formerdates',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='formerdates',
            name='edition',
            field=models.PositiveIntegerField(default=1, verbose_name='edition of the dates'),
        ),
        migrations.AddField(
            model_name='forum',
            name='chair_ar',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='chair'),
        ),
        migrations.AddField(
            model_name='forum',
            name='chair_en',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='chair'),
        ),
        migrations.AddField(
            model_name='forum',
            name='chair_es',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='chair'),
        ),
        migrations.AddField(
            model_name='forum',
            name='chair_fr',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='chair'),
        ),
        migrations.AddField(
            model_name='forum',
            name='chair_ru',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='chair'),
        ),
        migrations.AddField(
            model_name='forum',
            name='chair_zh_hans',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='chair'),
        ),
        migrations.AddField(
            model_name='forum',
            name='city_ar',
            field=models.CharField(default='New York', max_length=100, null=True, verbose_name='city'),
        ),
        migrations.AddField(
            model_name='forum',
            name='city_en',
            field=models.CharField(default='New York', max_length=100, null=True, verbose_name='city'),
        ),
        migrations.AddField(
            model_name='forum',
            name='city_es',
            field=models.CharField(default='New York', max_length=100, null=True, verbose_name='city'),
        ),
        migrations.AddField(
            model_name='forum',
            name='city_fr',
            field=models.CharField(default='New York', max_length=100, null=True, verbose_name='city'),
        ),
        migrations.AddField(
            model_name='forum',
            name='city_ru',
            field=models.CharField(default='New York', max_length=100, null=True, verbose_name='city'),
        ),
        migrations.AddField(
            model_name='forum',
            name='city_zh_hans',
            field=models.CharField(default='New York', max_length=100, null=True, verbose_name='city'),
        ),
        migrations.AddField(
            model_name='forum',
            name='edition_of_dates',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='forum',
            name='managers',
            field=models.ManyToManyField(blank=True, help_text='They are told of every duty that nobody else answers for, and of every one that is overdue.', related_name='managed_forums', to=settings.AUTH_USER_MODEL, verbose_name='managers'),
        ),
        migrations.AddField(
            model_name='forum',
            name='sequence',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='forum',
            name='venue_ar',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='venue'),
        ),
        migrations.AddField(
            model_name='forum',
            name='venue_en',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='venue'),
        ),
        migrations.AddField(
            model_name='forum',
            name='venue_es',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='venue'),
        ),
        migrations.AddField(
            model_name='forum',
            name='venue_fr',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='venue'),
        ),
        migrations.AddField(
            model_name='forum',
            name='venue_ru',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='venue'),
        ),
        migrations.AddField(
            model_name='forum',
            name='venue_zh_hans',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='venue'),
        ),
        migrations.AddField(
            model_name='letter',
            name='bounce',
            field=models.TextField(blank=True, verbose_name='why it came back'),
        ),
        migrations.AddField(
            model_name='letter',
            name='bounced_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='came back'),
        ),
        migrations.AddField(
            model_name='letter',
            name='forum',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to='forums.forum', verbose_name='forum'),
        ),
        migrations.AddField(
            model_name='letter',
            name='rewritten_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='rewritten by'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='notices_held',
            field=models.BooleanField(default=False, verbose_name='notices are held back'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='paragraph',
            field=models.CharField(blank=True, max_length=12, verbose_name='paragraph'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='resolution',
            field=models.CharField(blank=True, max_length=40, verbose_name='resolution'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible person'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='sequence',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='milestonenotice',
            name='letter',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notice', to='forums.letter'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='available_on',
            field=models.DateField(blank=True, help_text='The day on which it could be read; a duty is met on this day.', null=True, verbose_name='available'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='late_because',
            field=models.TextField(blank=True, verbose_name='recorded as late, because'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='modifies',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='modified_by', to='forums.officialdocument', verbose_name='changes or adds to'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='title_ar',
            field=models.CharField(max_length=400, null=True, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='title_en',
            field=models.CharField(max_length=400, null=True, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='title_es',
            field=models.CharField(max_length=400, null=True, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='title_fr',
            field=models.CharField(max_length=400, null=True, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='title_ru',
            field=models.CharField(max_length=400, null=True, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='title_zh_hans',
            field=models.CharField(max_length=400, null=True, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='name_ar',
            field=models.CharField(max_length=300, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='name_en',
            field=models.CharField(max_length=300, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='name_es',
            field=models.CharField(max_length=300, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='name_fr',
            field=models.CharField(max_length=300, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='name_ru',
            field=models.CharField(max_length=300, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='name_zh_hans',
            field=models.CharField(max_length=300, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='place_ar',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='place_en',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='place_es',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='place_fr',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='place_ru',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='place_zh_hans',
            field=models.CharField(blank=True, max_length=200, null=True, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='regionalreview',
            name='regions',
            field=models.ManyToManyField(blank=True, related_name='reviews', to='forums.region', verbose_name='areas of the regional commissions'),
        ),
        migrations.AlterField(
            model_name='call',
            name='purpose',
            field=models.CharField(choices=[('input', 'Inputs'), ('accreditation', 'Special accreditation'), ('registration', 'Registration of persons'), ('speaking', 'Speaking')], default='input', max_length=16, verbose_name='purpose'),
        ),
        migrations.AlterField(
            model_name='milestone',
            name='kind',
            field=models.CharField(choices=[('report', "Secretary-General's report available"), ('note', 'Background note circulated'), ('hearing', 'Multi-stakeholder hearing'), ('declaration', 'Progress Declaration agreed'), ('concept_note', 'Concept notes out'), ('accreditation', 'Accreditation closes'), ('registration', 'Registration closes'), ('speakers', 'Speakers’ list closes'), ('other', 'Other')], max_length=16, verbose_name='kind of duty'),
        ),
        migrations.AlterField(
            model_name='officialdocument',
            name='kind',
            field=models.CharField(choices=[('sg_report', 'Report of the Secretary-General'), ('background_note', 'Background note'), ('resolution', 'Resolution'), ('declaration', 'Progress Declaration'), ('agenda', 'Agenda or programme'), ('summary', 'Summary'), ('technical', 'Technical summary of a round table'), ('concept_note', 'Concept note'), ('other', 'Other document')], max_length=20, verbose_name='kind of document'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'moved'), ('became__gt', models.F('was')), _connector='OR'), name='an_extension_extends'),
        ),
        migrations.RunSQL(NUMBER_FORMER_DATES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='formerdates',
            constraint=models.UniqueConstraint(fields=('forum', 'edition'), name='former_dates_once'),
        ),
        migrations.AddConstraint(
            model_name='regionalreview',
            constraint=models.UniqueConstraint(fields=('round', 'region'), name='one_review_per_round_and_region'),
        ),
        migrations.AddField(
            model_name='calendarkey',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_key', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='change',
            name='forum',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='forums.forum', verbose_name='forum'),
        ),
        migrations.AddField(
            model_name='documentfile',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='forums.officialdocument', verbose_name='official document'),
        ),
        migrations.AddField(
            model_name='follower',
            name='forum',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='forums.forum', verbose_name='forum'),
        ),
        migrations.AddField(
            model_name='meetingroom',
            name='forum',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_rooms', to='forums.forum', verbose_name='forum'),
        ),
        migrations.AddField(
            model_name='nationalreview',
            name='country',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='national_reviews', to='forums.country', verbose_name='country or area'),
        ),
        migrations.AddField(
            model_name='nationalreview',
            name='forum',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='national_reviews', to='forums.forum', verbose_name='forum that it was made for'),
        ),
        migrations.AddField(
            model_name='override',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='override',
            name='forum',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='forums.forum', verbose_name='forum'),
        ),
        migrations.AddField(
            model_name='release',
            name='forum',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='forums.forum', verbose_name='forum'),
        ),
        migrations.AddField(
            model_name='release',
            name='released_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='released by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "forums_rulehistory" ("days_before", "in_force", "on_last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weeks_before") VALUES (NEW."days_before", NEW."in_force", NEW."on_last_day", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."weeks_before"); RETURN NULL;', hash='723346aa93b9a393761ea4b7ed846eb705159aa3', operation='INSERT', pgid='pgtrigger_insert_insert_8e71a', table='forums_rule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."days_before" IS DISTINCT FROM (NEW."days_before") OR OLD."in_force" IS DISTINCT FROM (NEW."in_force") OR OLD."on_last_day" IS DISTINCT FROM (NEW."on_last_day") OR OLD."weeks_before" IS DISTINCT FROM (NEW."weeks_before"))', func='INSERT INTO "forums_rulehistory" ("days_before", "in_force", "on_last_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weeks_before") VALUES (NEW."days_before", NEW."in_force", NEW."on_last_day", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."weeks_before"); RETURN NULL;', hash='f69d931ce57e291d95d2885899858d4fc12a12db', operation='UPDATE', pgid='pgtrigger_update_update_56fd5', table='forums_rule', when='AFTER')),
        ),
        migrations.AddField(
            model_name='milestone',
            name='rule',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='milestones', to='forums.rule', verbose_name='rule'),
        ),
        migrations.AddField(
            model_name='rulehistory',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='rulehistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', related_query_name='history', to='forums.rule'),
        ),
        migrations.AddField(
            model_name='session',
            name='forum',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='forums.forum', verbose_name='forum'),
        ),
        migrations.AddField(
            model_name='session',
            name='room',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='forums.meetingroom', verbose_name='room'),
        ),
        migrations.AddField(
            model_name='session',
            name='round_table',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='forums.roundtable', verbose_name='round table'),
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='session',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='documents', to='forums.session', verbose_name='session'),
        ),
        migrations.AddField(
            model_name='sessionhistory',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='sessionhistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', related_query_name='history', to='forums.session'),
        ),
        migrations.AddField(
            model_name='sessionhistory',
            name='room',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='forums.meetingroom', verbose_name='room'),
        ),
        migrations.AddField(
            model_name='slot',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='forums.session', verbose_name='session'),
        ),
        migrations.AddConstraint(
            model_name='stoppedmail',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('topic'), name='a_topic_is_stopped_once'),
        ),
        migrations.AddField(
            model_name='waiver',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='waiver',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='waiver',
            name='milestone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waivers', to='forums.milestone', verbose_name='milestone'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.UniqueConstraint(fields=('kind', 'language'), name='one_wording_per_kind_and_language'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "forums_wordinghistory" ("in_use", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text") VALUES (NEW."in_use", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."subject", NEW."text"); RETURN NULL;', hash='0e1b1a6fcc473c4c924c3d4acec8e7530930049a', operation='INSERT', pgid='pgtrigger_insert_insert_4b3bf', table='forums_wording', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wording',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."in_use" IS DISTINCT FROM (NEW."in_use") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."text" IS DISTINCT FROM (NEW."text"))', func='INSERT INTO "forums_wordinghistory" ("in_use", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text") VALUES (NEW."in_use", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."subject", NEW."text"); RETURN NULL;', hash='5723070e67d5b40f964b180823c64c4dc662f802', operation='UPDATE', pgid='pgtrigger_update_update_75d06', table='forums_wording', when='AFTER')),
        ),
        migrations.AddField(
            model_name='wordinghistory',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='wordinghistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', related_query_name='history', to='forums.wording'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('announced_at__isnull', True)), fields=['at'], name='changes_to_announce'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['forum', '-at'], name='changes_of_a_forum'),
        ),
        migrations.AddConstraint(
            model_name='documentfile',
            constraint=models.UniqueConstraint(fields=('document', 'language'), name='one_file_per_language'),
        ),
        migrations.AddConstraint(
            model_name='documentfile',
            constraint=models.CheckConstraint(condition=models.Q(('file', ''), ('url', ''), _negated=True), name='a_language_of_a_document_is_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('forum'), name='an_address_follows_a_forum_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='nationalreview',
            constraint=models.UniqueConstraint(fields=('country', 'year', 'title'), name='one_national_review_per_title'),
        ),
        migrations.AddConstraint(
            model_name='override',
            constraint=models.UniqueConstraint(fields=('forum', 'rule'), name='a_rule_is_set_aside_once'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(fields=('forum', 'number'), name='one_release_per_number'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='726bc599d612f80331747fa31156fd70ea072e91', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4d541', table='forums_rulehistory', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('forum', 'slug'), name='one_session_per_address'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_session_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cancelled_at__isnull', True), ('room__isnull', False)), expressions=[('room', '='), (forums.models.programme.Duration('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='a_room_holds_one_session_at_a_time', violation_error_message='Another session is in this room at that time. Choose another room or another time.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "forums_sessionhistory" ("cancelled_at", "ends_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "starts_at", "title") VALUES (NEW."cancelled_at", NEW."ends_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."room_id", NEW."starts_at", NEW."title"); RETURN NULL;', hash='8adf5e65cc661aab597f3bcb980aa4558865f1ff', operation='INSERT', pgid='pgtrigger_insert_insert_a0c1f', table='forums_session', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."room_id" IS DISTINCT FROM (NEW."room_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "forums_sessionhistory" ("cancelled_at", "ends_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "starts_at", "title") VALUES (NEW."cancelled_at", NEW."ends_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."room_id", NEW."starts_at", NEW."title"); RETURN NULL;', hash='196c753cd431123d40a83c8f0ae46b0ba6c0e64c', operation='UPDATE', pgid='pgtrigger_update_update_db242', table='forums_session', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionhistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c591bae65424bcfb4f1eda93f82f975a97ab5444', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_58548', table='forums_sessionhistory', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('milestone',), name='one_open_waiver'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='a_waiver_needs_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed__isnull', True), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('agreed__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='a_waiver_is_decided_wholly'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordinghistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='636e7ab28e32057f5cabb157f59de59d2193020c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6e88f', table='forums_wordinghistory', when='BEFORE')),
        ),
        migrations.AlterField("milestone", "basis", models.CharField(max_length=120, blank=True, default="")),
        migrations.RunSQL(SPLIT_BASIS, JOIN_BASIS),
        migrations.RemoveField("milestone", "basis"),
    ]
