"""What Django cannot say: events are append-only, and a day does not end while anybody is inside."""

from django.db import migrations

GUARDS = """
CREATE TRIGGER hall_event_append_only BEFORE UPDATE OR DELETE ON hall_ticketevent
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER hall_event_keep BEFORE TRUNCATE ON hall_ticketevent
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE FUNCTION hall_nobody_inside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM hall_ticket
        WHERE service_day_id = NEW.id AND state IN ('waiting', 'called', 'serving')
    ) THEN
        RAISE EXCEPTION 'hall_day_ends_with_nobody_inside' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hall_day_ends_with_nobody_inside BEFORE UPDATE ON hall_serviceday
    FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION hall_nobody_inside();
"""
LIFT = """
DROP TRIGGER hall_day_ends_with_nobody_inside ON hall_serviceday;
DROP FUNCTION hall_nobody_inside();
DROP TRIGGER hall_event_keep ON hall_ticketevent;
DROP TRIGGER hall_event_append_only ON hall_ticketevent;
"""


class Migration(migrations.Migration):
    dependencies = [("hall", "0001_initial"), ("ledger", "0002_append_only")]
    operations = [migrations.RunSQL(GUARDS, LIFT)]
