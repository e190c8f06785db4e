"""The database itself refuses to change the ledger, and personal text in its facts."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_keep BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_read_append_only BEFORE UPDATE OR DELETE ON ledger_read
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_read_keep BEFORE TRUNCATE ON ledger_read
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""
ALLOW = """
DROP TRIGGER ledger_read_keep ON ledger_read;
DROP TRIGGER ledger_read_append_only ON ledger_read;
DROP TRIGGER ledger_entry_keep ON ledger_entry;
DROP TRIGGER ledger_entry_append_only ON ledger_entry;
DROP FUNCTION ledger_refuse();
"""
# No Chinese text and no run of digits as long as a phone or identity number. UUIDs and hashes may hold such runs
# among other hexadecimal digits.
CODES = r"""
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_facts_hold_codes CHECK (
    facts::text !~ '[一-鿿]' AND facts::text !~ '(^|[^0-9a-f-])[0-9]{11,}([^0-9a-f-]|$)'
);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(CODES, "ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_facts_hold_codes"),
    ]
