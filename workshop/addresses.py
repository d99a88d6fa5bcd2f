"""Under which address phones on the local network find this computer; nothing is sent to find out."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from typing import NamedTuple

import ifaddr

EVERYWHERE = ("", "0.0.0.0", "::")
"""What a server listens on to be reached from other machines."""
ELSEWHERE = "192.0.2.1"
"""An address that belongs to nobody (RFC 5737): asking for the way there sends nothing."""
INSIDE = ("lo", "docker", "veth", "virbr", "br-", "tun", "tap", "utun", "wg", "zt", "vmnet", "vbox", "tailscale")
"""How networks begin that lead to no phone: those inside this computer, and tunnels."""


class Adapter(NamedTuple):
    """A network this computer is in, and its address there."""

    name: str
    address: str


def addresses(host: str) -> list[str]:
    """Addresses of a server that listens on `host`, the likeliest for phones first; never none."""
    if host not in EVERYWHERE:
        return [host]
    return ranked(adapters(), way_out()) or ["127.0.0.1"]


def reaches_phones(host: str) -> bool:
    """Whether a server that listens on `host` can be reached from other machines."""
    with contextlib.suppress(ValueError):
        return host in EVERYWHERE or not ipaddress.ip_address(host).is_loopback
    return host != "localhost"


def adapters() -> list[Adapter]:
    """The networks this computer is in now."""
    return [Adapter(each.name, ip.ip) for each in ifaddr.get_adapters() for ip in each.ips if isinstance(ip.ip, str)]


def way_out() -> str:
    """The address of this computer on the way to other networks; empty where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect((ELSEWHERE, 9))
        return str(probe.getsockname()[0])
    return ""


def ranked(found: list[Adapter], out: str) -> list[str]:
    """Addresses that phones may reach: real networks before tunnels, the way out before others, then private ones."""

    def rank(adapter: Adapter) -> tuple[bool, bool, bool, bool]:
        ip = ipaddress.ip_address(adapter.address)
        return (ip.is_link_local, adapter.name.startswith(INSIDE), adapter.address != out, not ip.is_private)

    usable = [adapter for adapter in found if not ipaddress.ip_address(adapter.address).is_loopback]
    return list(dict.fromkeys(adapter.address for adapter in sorted(usable, key=rank)))
