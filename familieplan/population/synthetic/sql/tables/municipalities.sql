select municipality, name, region from municipalities
