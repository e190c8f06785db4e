"""What Django cannot say: who may be registered by whom, and when money may move."""

from django.db import migrations

GUARDS = """
CREATE SEQUENCE claims_registration_serial;
CREATE FUNCTION claims_registration_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM roster_lifeevent WHERE worker_id = NEW.worker_id AND current) THEN
        RAISE EXCEPTION 'claims_registration_of_the_living' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM offices_staff s JOIN roster_worker w ON w.id_index = s.id_index
        WHERE s.id = NEW.made_by_id AND w.id = NEW.worker_id
    ) THEN
        RAISE EXCEPTION 'claims_not_the_own_file' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_registration_lawful BEFORE INSERT ON claims_registration
    FOR EACH ROW EXECUTE FUNCTION claims_registration_lawful();
CREATE FUNCTION claims_claim_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM offices_staff s JOIN roster_worker w ON w.id_index = s.id_index
        JOIN roster_case c ON c.worker_id = w.id
        WHERE c.id = NEW.case_id AND s.id IN (NEW.made_by_id, NEW.checked_by_id, NEW.approved_by_id, NEW.stopped_by_id)
    ) THEN
        RAISE EXCEPTION 'claims_not_the_own_file' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_claim_lawful BEFORE INSERT OR UPDATE ON claims_claim
    FOR EACH ROW EXECUTE FUNCTION claims_claim_lawful();
CREATE FUNCTION claims_payment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'listed' THEN
        RAISE EXCEPTION 'claims_listed_for_good' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state IN ('released', 'listed') AND NOT EXISTS (
        SELECT 1 FROM claims_claim
        WHERE id = NEW.claim_id AND state = 'approved' AND outcome = 'grant'
    ) THEN
        RAISE EXCEPTION 'claims_released_after_the_last_signature' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_payment_guard BEFORE UPDATE ON claims_payment
    FOR EACH ROW EXECUTE FUNCTION claims_payment_guard();
CREATE FUNCTION claims_list_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'claims_list_for_good' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER claims_list_kept BEFORE UPDATE OR DELETE ON claims_paymentlist
    FOR EACH ROW EXECUTE FUNCTION claims_list_kept();
CREATE TRIGGER claims_listed_kept BEFORE DELETE ON claims_payment
    FOR EACH ROW WHEN (OLD.state = 'listed') EXECUTE FUNCTION claims_list_kept();
"""
LIFT = """
DROP TRIGGER claims_listed_kept ON claims_payment;
DROP TRIGGER claims_list_kept ON claims_paymentlist;
DROP FUNCTION claims_list_kept();
DROP TRIGGER claims_payment_guard ON claims_payment;
DROP FUNCTION claims_payment_guard();
DROP TRIGGER claims_claim_lawful ON claims_claim;
DROP FUNCTION claims_claim_lawful();
DROP TRIGGER claims_registration_lawful ON claims_registration;
DROP FUNCTION claims_registration_lawful();
DROP SEQUENCE claims_registration_serial;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_one_stop")]
    operations = [migrations.RunSQL(GUARDS, LIFT)]
