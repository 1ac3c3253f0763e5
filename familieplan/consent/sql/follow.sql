-- The facts that grants follow. A table missing here would leave stale keys: the catalogue lint and the histories watch it.

CALL access.derives_from('people_family');
CALL access.derives_from('people_person');
CALL access.derives_from('people_custody');
CALL access.derives_from('people_residence');
CALL access.derives_from('people_addressprotection');
CALL access.derives_from('people_teammember');
CALL access.derives_from('people_staff');
CALL access.derives_from('people_staffrole');
CALL access.derives_from('people_unit');
CALL access.derives_from('consent_consent');
CALL access.derives_from('consent_signature');
CALL access.derives_from('consent_legalbasis');
