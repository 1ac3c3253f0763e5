select housing_area_id, name, vulnerable_from, vulnerable_to from housing_areas
