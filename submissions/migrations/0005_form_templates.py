"""Form templates: sections and questions that staff edit, in versions that nothing changes once they were published."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from forums.migrations._together import Together


KEEP = """
CREATE FUNCTION submissions_keep_published_form() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'version % of a form was published and is never changed', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION submissions_keep_parts_of_published_form() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    versions uuid[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN versions := versions || OLD.version_id; END IF;
    IF TG_OP <> 'DELETE' THEN versions := versions || NEW.version_id; END IF;
    PERFORM 1 FROM submissions_formversion WHERE id = ANY (versions) FOR SHARE;  -- waits for who is publishing it
    PERFORM 1 FROM submissions_formversion WHERE id = ANY (versions) AND published_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'this version of a form was published and is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_published_form BEFORE UPDATE OR DELETE ON submissions_formversion
    FOR EACH ROW EXECUTE FUNCTION submissions_keep_published_form();
CREATE TRIGGER keep_sections_of_published_form BEFORE INSERT OR UPDATE OR DELETE ON submissions_section
    FOR EACH ROW EXECUTE FUNCTION submissions_keep_parts_of_published_form();
CREATE TRIGGER keep_questions_of_published_form BEFORE INSERT OR UPDATE OR DELETE ON submissions_question
    FOR EACH ROW EXECUTE FUNCTION submissions_keep_parts_of_published_form();
"""
NO_MORE = """
DROP TRIGGER keep_questions_of_published_form ON submissions_question;
DROP TRIGGER keep_sections_of_published_form ON submissions_section;
DROP TRIGGER keep_published_form ON submissions_formversion;
DROP FUNCTION submissions_keep_parts_of_published_form();
DROP FUNCTION submissions_keep_published_form();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('forums', '0002_first_release'),
        ('submissions', '0004_amendments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
        migrations.AddField(
            model_name='submission',
            name='answers',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.CreateModel(
            name='FormTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('kind', models.CharField(blank=True, choices=[('national_review', 'Voluntary national GCM review'), ('local_government', 'Input of a local or regional government'), ('regional_review', 'Outcome of a regional review'), ('stakeholder', 'Stakeholder input'), ('un_system', 'Input of the UN system'), ('round_table', 'Input to a round table'), ('report', 'Input to the report of the Secretary-General')], max_length=20, verbose_name='kind of input')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_ar', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_ru', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('forum', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forums.forum', verbose_name='made for the forum')),
            ],
            options={
                'verbose_name': 'form template',
                'verbose_name_plural': 'form templates',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('text_asked', models.CharField(choices=[('required', 'Required'), ('either', 'Required, unless a question is answered in writing'), ('optional', 'Optional'), ('none', 'Not asked')], default='optional', max_length=10, verbose_name='free text')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('copied_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='submissions.formversion', verbose_name='copied from')),
                ('published_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='submissions.formtemplate', verbose_name='template')),
            ],
            options={
                'verbose_name': 'version of a form',
                'verbose_name_plural': 'versions of forms',
                'ordering': ['template', '-number'],
                'permissions': [('publish_formversion', 'Publishes versions of form templates')],
            },
        ),
        migrations.AddField(
            model_name='submission',
            name='form_version',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='submissions.formversion', verbose_name='form'),
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_ar', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_zh_hans', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_en', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_fr', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_ru', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_es', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('guidance', models.TextField(blank=True, verbose_name='guidance')),
                ('guidance_ar', models.TextField(blank=True, null=True, verbose_name='guidance')),
                ('guidance_zh_hans', models.TextField(blank=True, null=True, verbose_name='guidance')),
                ('guidance_en', models.TextField(blank=True, null=True, verbose_name='guidance')),
                ('guidance_fr', models.TextField(blank=True, null=True, verbose_name='guidance')),
                ('guidance_ru', models.TextField(blank=True, null=True, verbose_name='guidance')),
                ('guidance_es', models.TextField(blank=True, null=True, verbose_name='guidance')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='submissions.formversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'section',
                'verbose_name_plural': 'sections',
                'ordering': ['version', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order in its section')),
                ('key', models.CharField(help_text='By it an answer is kept when the form changes. The same question keeps its key from version to version.', max_length=40, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]{0,39}$', 'Small letters of the Latin alphabet, digits and _ only, beginning with a letter.')], verbose_name='key')),
                ('kind', models.CharField(choices=[('short', 'Short text'), ('long', 'Long text with light formatting'), ('choice', 'One choice of several'), ('several', 'Several choices'), ('number', 'Number'), ('date', 'Date'), ('yes_no', 'Yes or no'), ('table', 'Table of measures taken')], max_length=10, verbose_name='kind of answer')),
                ('label', models.CharField(max_length=300, verbose_name='question')),
                ('label_ar', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('label_zh_hans', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('label_en', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('label_fr', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('label_ru', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('label_es', models.CharField(max_length=300, null=True, verbose_name='question')),
                ('help', models.TextField(blank=True, verbose_name='help')),
                ('help_ar', models.TextField(blank=True, null=True, verbose_name='help')),
                ('help_zh_hans', models.TextField(blank=True, null=True, verbose_name='help')),
                ('help_en', models.TextField(blank=True, null=True, verbose_name='help')),
                ('help_fr', models.TextField(blank=True, null=True, verbose_name='help')),
                ('help_ru', models.TextField(blank=True, null=True, verbose_name='help')),
                ('help_es', models.TextField(blank=True, null=True, verbose_name='help')),
                ('example', models.TextField(blank=True, verbose_name='example of an answer')),
                ('example_ar', models.TextField(blank=True, null=True, verbose_name='example of an answer')),
                ('example_zh_hans', models.TextField(blank=True, null=True, verbose_name='example of an answer')),
                ('example_en', models.TextField(blank=True, null=True, verbose_name='example of an answer')),
                ('example_fr', models.TextField(blank=True, null=True, verbose_name='example of an answer')),
                ('example_ru', models.TextField(blank=True, null=True, verbose_name='example of an answer')),
                ('example_es', models.TextField(blank=True, null=True, verbose_name='example of an answer')),
                ('why', models.TextField(blank=True, verbose_name='why it is asked')),
                ('why_ar', models.TextField(blank=True, null=True, verbose_name='why it is asked')),
                ('why_zh_hans', models.TextField(blank=True, null=True, verbose_name='why it is asked')),
                ('why_en', models.TextField(blank=True, null=True, verbose_name='why it is asked')),
                ('why_fr', models.TextField(blank=True, null=True, verbose_name='why it is asked')),
                ('why_ru', models.TextField(blank=True, null=True, verbose_name='why it is asked')),
                ('why_es', models.TextField(blank=True, null=True, verbose_name='why it is asked')),
                ('seen_by', models.CharField(choices=[('public', 'Everybody, once the input is published'), ('desk', "Only the Network's desk")], default='public', max_length=10, verbose_name='who will see the answer')),
                ('required', models.BooleanField(default=False, verbose_name='required for sending')),
                ('word_limit', models.PositiveIntegerField(blank=True, null=True, verbose_name='words at most')),
                ('options', models.TextField(blank=True, help_text='One a line: a key, an equals sign, the words. Example: partly = In part', verbose_name='choices, or columns of the table')),
                ('options_ar', models.TextField(blank=True, help_text='One a line: a key, an equals sign, the words. Example: partly = In part', null=True, verbose_name='choices, or columns of the table')),
                ('options_zh_hans', models.TextField(blank=True, help_text='One a line: a key, an equals sign, the words. Example: partly = In part', null=True, verbose_name='choices, or columns of the table')),
                ('options_en', models.TextField(blank=True, help_text='One a line: a key, an equals sign, the words. Example: partly = In part', null=True, verbose_name='choices, or columns of the table')),
                ('options_fr', models.TextField(blank=True, help_text='One a line: a key, an equals sign, the words. Example: partly = In part', null=True, verbose_name='choices, or columns of the table')),
                ('options_ru', models.TextField(blank=True, help_text='One a line: a key, an equals sign, the words. Example: partly = In part', null=True, verbose_name='choices, or columns of the table')),
                ('options_es', models.TextField(blank=True, help_text='One a line: a key, an equals sign, the words. Example: partly = In part', null=True, verbose_name='choices, or columns of the table')),
                ('shown_if', models.CharField(blank=True, help_text='Its key. Empty: always shown.', max_length=40, verbose_name='shown only if this earlier question')),
                ('shown_if_answers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Keys of choices, separated by commas; yes or no for a question of that kind.', size=None, verbose_name='has one of these answers')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='submissions.formversion', verbose_name='version')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='submissions.section', verbose_name='section')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['version', 'section__order', 'section', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CallForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(blank=True, choices=[('local', 'Local'), ('national', 'National'), ('regional', 'Regional'), ('global', 'Global')], help_text='Empty: every level that has no form of its own.', max_length=10, verbose_name='level')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forms', to='forums.call', verbose_name='call')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='submissions.formtemplate', verbose_name='template')),
            ],
            options={
                'verbose_name': 'form of a call',
                'verbose_name_plural': 'forms of calls',
                'ordering': ['call', 'level'],
                'constraints': [models.UniqueConstraint(fields=('call', 'level'), name='one_form_for_a_call_and_level')],
            },
        ),
        ]),
        Together([
        migrations.AddConstraint(
            model_name='formversion',
            constraint=models.UniqueConstraint(fields=('template', 'number'), name='versions_of_a_form_are_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='formversion',
            constraint=models.UniqueConstraint(condition=models.Q(('published_at__isnull', True)), fields=('template',), name='one_version_of_a_form_is_being_written'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='keys_of_a_form_are_unique'),
        ),
        ]),
        migrations.RunSQL(KEEP, NO_MORE),
    ]
