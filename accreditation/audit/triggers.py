"""The functions of the database that write the audit and guard what may not change; `installing` carries them out."""

# Who and in which request: each set of facts is a row of its own that never changes, so seals can cover it. It takes the
# place of pghistory's function, which would change the row of a request while the request goes on.
CONTEXT = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid AS $body$
DECLARE
    facts jsonb;
    named uuid;
BEGIN
    IF coalesce(current_setting('pghistory.context_id', true), '') = '' THEN
        RETURN NULL;
    END IF;
    facts := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
    IF facts IS NULL THEN
        RETURN NULL;
    END IF;
    named := md5(current_setting('pghistory.context_id', true) || facts::text)::uuid;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (named, facts, now(), now())
        ON CONFLICT (id) DO NOTHING;
    RETURN named;
END;
$body$ LANGUAGE plpgsql;
"""

# Arguments: key, table and column of the owner, ignored, words, hidden, only (comma between names), and what it is
# ("row", "record" or "state"). Of what is changed or removed, a row at a time; `adding` has what is added. While a person
# is erased, no value is copied: only that something went.
AUDIT = """
CREATE OR REPLACE FUNCTION portal_audit() RETURNS trigger AS $body$
DECLARE
    ignored text[] := string_to_array(TG_ARGV[3], ',');
    worded text[] := string_to_array(TG_ARGV[4], ',');
    hidden text[] := string_to_array(TG_ARGV[5], ',');
    only_of text[] := string_to_array(TG_ARGV[6], ',');
    erasing boolean := coalesce(current_setting('portal.erasing', true), '') = 'on';
    was jsonb := to_jsonb(OLD);
    became jsonb;
    fixed jsonb := '{}';
    said jsonb := '{}';
    done text := lower(TG_OP);
    row_key text;
    whose text := '';
    facts jsonb;
    fresh text := gen_random_uuid()::text;
    said_text text;
    column_name text;
    column_value jsonb;
BEGIN
    IF TG_OP <> 'DELETE' THEN became := to_jsonb(NEW); END IF;
    row_key := coalesce(became, was) ->> TG_ARGV[0];
    IF TG_ARGV[2] <> '' AND coalesce(became, was) ->> TG_ARGV[2] IS NOT NULL THEN
        whose := TG_ARGV[1] || ':' || (coalesce(became, was) ->> TG_ARGV[2]);
    END IF;
    FOR column_name, column_value IN SELECT * FROM jsonb_each(coalesce(became, was)) LOOP
        CONTINUE WHEN column_name = ANY(ignored) OR (cardinality(only_of) > 0 AND column_name <> ALL(only_of));
        IF TG_OP = 'UPDATE' THEN
            CONTINUE WHEN column_value = was -> column_name;
            column_value := jsonb_build_array(was -> column_name, column_value);
        ELSIF column_value = 'null' THEN
            CONTINUE;
        END IF;
        IF TG_ARGV[7] <> 'state' AND (erasing OR column_name = ANY(hidden)) THEN
            fixed := fixed || jsonb_build_object(column_name, '***');
        ELSIF column_name = ANY(worded) OR column_name = ANY(hidden) THEN
            said := said || jsonb_build_object(column_name, column_value);
        ELSE
            fixed := fixed || jsonb_build_object(column_name, column_value);
        END IF;
    END LOOP;
    IF TG_OP = 'UPDATE' AND fixed = '{}' AND said = '{}' THEN
        RETURN NULL;
    END IF;
    IF erasing THEN
        done := 'erase';
        said := '{}';
        IF TG_ARGV[7] <> 'row' AND TG_OP = 'UPDATE' THEN
            PERFORM portal_forget(TG_TABLE_NAME::text, row_key);
            said := portal_words(became, worded, hidden, TG_ARGV[7]);  -- as they are from now on
        END IF;
    END IF;
    said_text := CASE WHEN said = '{}' THEN '' ELSE said::text END;
    IF TG_ARGV[7] = 'state' THEN fixed := '{}'; END IF;
    facts := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
    INSERT INTO accreditation_auditentry (at, place, row, about, act, by_id, context_id, changes, words, salt, salted, mark)
    VALUES (
        clock_timestamp(), TG_TABLE_NAME, row_key, whose, done,
        CASE WHEN facts ->> 'user' ~ '^[0-9]{1,18}$' THEN (facts ->> 'user')::bigint
             WHEN coalesce(became, was) ->> 'by_id' ~ '^[0-9]{1,18}$' THEN (coalesce(became, was) ->> 'by_id')::bigint END,
        _pgh_attach_context(),
        CASE WHEN fixed = '{}' THEN '' ELSE fixed::text END,
        CASE WHEN done = 'erase' THEN '' ELSE said_text END,
        CASE WHEN said_text = '' THEN '' ELSE fresh END,
        CASE WHEN said_text = '' THEN '' ELSE encode(sha256(convert_to(fresh || said_text, 'UTF8')), 'hex') END,
        ''
    );
    RETURN NULL;
END;
$body$ LANGUAGE plpgsql SET timezone TO 'UTC';
"""

# The words of a row that may never change, of which the audit keeps a salted fingerprint.
WORDS = """
CREATE OR REPLACE FUNCTION portal_words(whole jsonb, worded text[], hidden text[], what text) RETURNS jsonb AS $body$
    SELECT coalesce(jsonb_object_agg(each.key, each.value), '{}') FROM jsonb_each(whole) each
    WHERE each.value <> 'null' AND (each.key = ANY(worded) OR (what = 'state' AND each.key = ANY(hidden)));
$body$ LANGUAGE sql IMMUTABLE;
"""

# The other columns of such a row, of which the audit keeps the fingerprint itself.
FIXED = """
CREATE OR REPLACE FUNCTION portal_fixed(whole jsonb, ignored text[], worded text[], hidden text[], what text)
RETURNS jsonb AS $body$
    SELECT coalesce(
        jsonb_object_agg(each.key, CASE WHEN each.key = ANY(hidden) THEN '"***"'::jsonb ELSE each.value END), '{}'
    ) FROM jsonb_each(whole) each
    WHERE each.value <> 'null' AND each.key <> ALL(ignored) AND (
        (each.key <> ALL(worded) AND each.key <> ALL(hidden)) OR (what <> 'state' AND each.key = ANY(hidden))
    );
$body$ LANGUAGE sql IMMUTABLE;
"""

# The salts of what was kept of a row go with a person's words, so that no guess can be tried against the fingerprints.
FORGET = """
CREATE OR REPLACE FUNCTION portal_forget(of_place text, of_row text) RETURNS void AS $body$
BEGIN
    UPDATE accreditation_auditentry SET salt = '' WHERE place = of_place AND row = of_row AND words = '' AND salt <> '';
END;
$body$ LANGUAGE plpgsql;
"""

# Arguments: columns that a sweep still writes, columns that erasure may touch; both may be empty.
GUARD = """
CREATE OR REPLACE FUNCTION portal_guard() RETURNS trigger AS $body$
DECLARE
    open text[] := string_to_array(TG_ARGV[0], ',');
    erasing boolean := coalesce(current_setting('portal.erasing', true), '') = 'on';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF erasing THEN
            open := open || string_to_array(TG_ARGV[1], ',');
        END IF;
        IF to_jsonb(OLD) - open = to_jsonb(NEW) - open THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Rows of % are a record: they cannot be changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END;
$body$ LANGUAGE plpgsql;
"""

# Entries: an erasure takes words out, which says itself in an entry of its own; an insert comes from a trigger only.
GUARD_ENTRY = """
CREATE OR REPLACE FUNCTION portal_guard_entry() RETURNS trigger AS $body$
DECLARE
    erasing boolean := coalesce(current_setting('portal.erasing', true), '') = 'on';
BEGIN
    IF TG_OP = 'INSERT' THEN  -- asked once a statement
        IF pg_trigger_depth() > 1 OR coalesce(current_setting('portal.founding', true), '') = 'on' THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP = 'UPDATE' AND erasing
        AND to_jsonb(OLD) - 'words' - 'salt' = to_jsonb(NEW) - 'words' - 'salt' THEN
        NEW.salt := '';
        IF NEW.words <> OLD.words THEN
            INSERT INTO accreditation_auditentry
                (at, place, row, about, act, by_id, context_id, changes, words, salt, salted, mark)
            VALUES (
                clock_timestamp(), TG_TABLE_NAME, OLD.id::text, '', 'erase', NULL, _pgh_attach_context(), '', '', '', '',
                encode(sha256(convert_to(NEW.words, 'UTF8')), 'hex')
            );
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit is written by triggers only and never changed' USING ERRCODE = 'insufficient_privilege';
END;
$body$ LANGUAGE plpgsql;
"""

FUNCTIONS = (CONTEXT, WORDS, FIXED, FORGET, AUDIT, GUARD, GUARD_ENTRY)
