"""The function of the database that audits what a statement adds; `installing` carries it out."""

# The arguments of portal_audit, once for all rows that a statement adds: what is the same for them is asked once, and one
# INSERT writes their entries in the order in which they were added.
ADDED = """
CREATE OR REPLACE FUNCTION portal_audit_added() RETURNS trigger AS $body$
DECLARE
    ignored text[] := string_to_array(TG_ARGV[3], ',');
    worded text[] := string_to_array(TG_ARGV[4], ',');
    hidden text[] := string_to_array(TG_ARGV[5], ',');
    kind text := TG_ARGV[7];
    facts jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
BEGIN
    IF kind = 'state' THEN
        worded := worded || hidden;
        hidden := '{}';
    END IF;
    INSERT INTO accreditation_auditentry (at, place, row, about, act, by_id, context_id, changes, words, salt, salted, mark)
    SELECT
        clock_timestamp(), TG_TABLE_NAME, whole ->> TG_ARGV[0],
        CASE WHEN whole ->> TG_ARGV[2] IS NULL THEN '' ELSE TG_ARGV[1] || ':' || (whole ->> TG_ARGV[2]) END,
        CASE WHEN kind = 'state' THEN 'kept' ELSE 'insert' END,
        CASE WHEN facts ->> 'user' ~ '^[0-9]{1,18}$' THEN (facts ->> 'user')::bigint
             WHEN whole ->> 'by_id' ~ '^[0-9]{1,18}$' THEN (whole ->> 'by_id')::bigint END,
        (SELECT _pgh_attach_context()),  -- once, and not where nothing was added
        CASE WHEN kind = 'state' OR fixed IS NULL THEN '' ELSE fixed::text END,
        CASE WHEN kind = 'state' OR said IS NULL THEN '' ELSE said::text END,
        CASE WHEN said IS NULL THEN '' ELSE fresh END,
        CASE WHEN said IS NULL THEN '' ELSE encode(sha256(convert_to(fresh || said::text, 'UTF8')), 'hex') END,
        CASE WHEN kind = 'row' THEN ''
             ELSE encode(sha256(convert_to(coalesce(fixed, '{}')::text, 'UTF8')), 'hex') END
    FROM (SELECT to_jsonb(r) AS whole, gen_random_uuid()::text AS fresh FROM added r) rows
    CROSS JOIN LATERAL (
        SELECT
            jsonb_object_agg(each.key, CASE WHEN each.key = ANY(hidden) THEN '"***"'::jsonb ELSE each.value END)
                FILTER (WHERE each.key <> ALL(worded)) AS fixed,
            jsonb_object_agg(each.key, each.value) FILTER (WHERE each.key = ANY(worded)) AS said
        FROM jsonb_each(whole - ignored) each WHERE each.value <> 'null'
    ) columns;
    RETURN NULL;
END;
$body$ LANGUAGE plpgsql SET timezone TO 'UTC';
"""
