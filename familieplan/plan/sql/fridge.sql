-- What a reader has chosen for their own fridge: which line hangs there otherwise than usual. Nobody else's to know, and only as
-- long as the family is the reader's to know.
CREATE TABLE plan_fridgechoice (
    reader uuid NOT NULL,
    family_id uuid NOT NULL REFERENCES people_family (id) ON DELETE CASCADE,
    row_id uuid NOT NULL,
    way text NOT NULL CHECK (way IN ('whole', 'neutral', 'out')),
    PRIMARY KEY (reader, row_id)
);
CREATE INDEX plan_fridgechoice_family ON plan_fridgechoice (family_id);
ALTER TABLE plan_fridgechoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_fridgechoice FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON plan_fridgechoice TO familieplan_app
    USING (reader = (SELECT access.actor()) AND people.may_write_about(family_id))
    WITH CHECK (reader = (SELECT access.actor()) AND people.may_write_about(family_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON plan_fridgechoice TO familieplan_app;

-- A phone number is a number, as it was typed: digits and what people put between them (people/phones.py says the same).
ALTER TABLE people_contact ADD CONSTRAINT phone_is_a_number
    CHECK (kind <> 'phone' OR value ~ '^[+]?[0-9(][0-9 ()./-]{2,}$');
ALTER TABLE people_unit ADD CONSTRAINT phone_is_a_number CHECK (phone = '' OR phone ~ '^[+]?[0-9(][0-9 ()./-]{2,}$');
ALTER TABLE plan_networkperson ADD CONSTRAINT phone_is_a_number
    CHECK (phone = '' OR phone ~ '^[+]?[0-9(][0-9 ()./-]{2,}$');
