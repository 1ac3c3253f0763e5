select person_id(n) as person_id, place, placed_from as valid_from, placed_to as valid_to from case_child where placed
