"""Who may come in: the browser that was opened with this start's token, or, where one is set, who knows the password.

A password is compared in a time that tells nothing of it, and each wrong try makes the next one wait longer. Whoever
knows it gets a key of their own, which lasts until they leave or the server ends.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from bialign.errors import BialignError

SHORTEST = 8
"""Letters that a password has at least."""
_LONGEST_WAIT = 60.0
_A_MINUTE = 60.0
_TRIES_A_MINUTE = 60
"""Wrong tries a minute, from wherever they come, after which all wait."""
_KEYS = 200
"""Keys that are good at a time; the oldest goes first."""
_ADDRESSES = 1_000


class Wait(BialignError):
    """Refuse a try that comes too early after wrong ones."""

    status = 429

    def __init__(self) -> None:
        super().__init__("too many wrong tries: wait a little")


class WrongPassword(BialignError):
    """Refuse a wrong password."""

    status = 403

    def __init__(self) -> None:
        super().__init__("this is not the password")


class Door:
    """Hold what opens the pages; with a `password` the `token` opens nothing."""

    def __init__(self, *, token: str, password: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self._token = token
        self._salt = secrets.token_bytes(32)
        self._password = self._digest(password) if password else b""
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._tries = Tries(clock)

    @property
    def asks(self) -> bool:
        """Tell whether a password is asked for."""
        return bool(self._password)

    def opens(self, token: str) -> bool:
        """Tell whether a token that an address holds opens the pages."""
        return not self.asks and bool(token) and _same(token, self._token)

    @property
    def key(self) -> str:
        """Give the key that whoever came with the token gets."""
        return self._token

    def knows(self, key: str) -> bool:
        """Tell whether a key is good."""
        if not self.asks:
            return _same(key, self._token)
        # each is compared, so that the time tells nothing of any
        return sum(_same(key, one) for one in self._keys) > 0

    def enter(self, password: str, address: str) -> str:
        """Give a new key to who knows the password; `address` is where the request came from.

        Raises WrongPassword, and Wait, without looking at the password, after wrong tries.
        """
        if self.wait(address):
            raise Wait
        if not self.asks or not hmac.compare_digest(self._digest(password), self._password):
            self._tries.failed(address)
            raise WrongPassword
        self._tries.forget(address)
        key = secrets.token_urlsafe(32)
        self._keys[key] = None
        while len(self._keys) > _KEYS:
            self._keys.popitem(last=False)
        return key

    def wait(self, address: str) -> int:
        """Give the seconds until a try from an address is looked at."""
        return math.ceil(self._tries.wait(address))

    def leave(self, key: str) -> None:
        """Let a key be good no longer."""
        self._keys.pop(key, None)

    def _digest(self, password: str) -> bytes:
        # all of one length, so that comparing tells nothing of the password's
        return hashlib.blake2b(password.encode("utf-8", "surrogatepass"), key=self._salt).digest()


class Tries:
    """Count wrong tries by where they come from, and say how long the next one waits: 1 s, 2 s, 4 s ... a minute."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._all: deque[float] = deque(maxlen=_TRIES_A_MINUTE)

    def wait(self, address: str) -> float:
        """Give the seconds a try from an address has to wait, 0 where none."""
        now = self._clock()
        _, until = self._wrong.get(_network(address), (0, 0.0))
        full = len(self._all) == _TRIES_A_MINUTE
        return max(0.0, until - now, self._all[0] + _A_MINUTE - now if full else 0.0)

    def failed(self, address: str) -> None:
        """Note a wrong try."""
        now, network = self._clock(), _network(address)
        count = self._wrong.pop(network, (0, 0.0))[0] + 1
        self._wrong[network] = (count, now + min(_LONGEST_WAIT, 2.0 ** (count - 1)))
        self._all.append(now)
        while len(self._wrong) > _ADDRESSES:
            self._wrong.popitem(last=False)

    def forget(self, address: str) -> None:
        """Forget the wrong tries of who came in."""
        self._wrong.pop(_network(address), None)


def _network(address: str) -> str:
    """Give what stands for an address: of IPv6 one household has 2^64 of them.

    >>> _network("192.0.2.7"), _network("::ffff:192.0.2.7"), _network("2001:db8::1:2"), _network("?")
    ('192.0.2.7', '192.0.2.7', '2001:db8::/64', '?')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        # one that came by the old kind of address to a socket of the new kind
        old = found.ipv4_mapped
        return str(old) if old is not None else str(ipaddress.IPv6Network((int(found), 64), strict=False))
    return str(found)


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
