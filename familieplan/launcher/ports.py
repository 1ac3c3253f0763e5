"""Ports of this machine's own address: nothing we start can be reached from elsewhere."""

import socket

ADDRESS = "127.0.0.1"


def any_free() -> int:
    with socket.create_server((ADDRESS, 0)) as free:
        return int(free.getsockname()[1])


def is_free(port: int) -> bool:
    """Could a server be started here?"""
    if not 0 < port < 65_536:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True
