select person_id(n) as person_id, born, died(n, born) as died, sex, origin from member
