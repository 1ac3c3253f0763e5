"""Which addresses lie out on the internet: the only ones a calendar is fetched from."""

from ipaddress import IPv6Address, ip_address, ip_network

# What Python calls global, and is not: assigned to protocols, to metadata of clouds, or hiding an IPv4 address inside.
NOT_FOR_US = [
    ip_network(network)
    for network in (
        "192.0.0.0/24",  # IETF protocols (RFC 6890); a cloud's metadata at .192
        "192.88.99.0/24",  # relays from IPv6, given up (RFC 7526)
        "168.63.129.16/32",  # a cloud's metadata, on an address that is otherwise public
        "::/96",  # IPv4 inside IPv6, given up (RFC 4291)
        "64:ff9b::/96",  # IPv4 behind a translator (RFC 6052)
        "2001::/32",  # Teredo (RFC 4380): IPv4 inside
        "2002::/16",  # 6to4 (RFC 3056): IPv4 inside
        "fec0::/10",  # site-local, given up (RFC 3879)
    )
]


def is_public(text: str) -> bool:
    """False for loopback, private, link-local, shared (CGNAT), multicast, reserved and what is no address."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in NOT_FOR_US if network.version == address.version)
