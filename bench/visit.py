"""A connection that is kept, with the cookies and the token of whoever has signed in on it."""

import http.client
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench.servers import Server

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: bytes
    location: str
    is_page: bool

    @property
    def text(self) -> str:
        """As words."""
        return self.body.decode()


class Visit:
    """One client. The connection stays open from one request to the next, as a browser's does."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}
        self.token = ""
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Ask, and read the whole answer."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, body, named | ({"Cookie": cookies} if cookies else {}))
        answer = self._connection.getresponse()
        self._remember(answer)
        is_page = (answer.getheader("Content-Type") or "").startswith("text/html")
        return Reply(answer.status, answer.read(), answer.getheader("Location") or "", is_page)

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        self._connection.close()

    def get(self, path: str) -> Reply:
        """Ask for a page; its token is kept."""
        reply = self.send("GET", path)
        found = TOKEN.search(reply.text) if reply.is_page else None
        self.token = found.group(1) if found else self.token
        return reply

    def post(self, path: str, form: dict[str, Any]) -> Reply:
        """Send a form with the token of the last page."""
        body = urlencode({"csrf_token": self.token} | form, doseq=True).encode()
        return self.send("POST", path, body, Content_Type=FORM)

    def sign_in(self, name: str, password: str) -> "Visit":
        """Sign in to Heard."""
        self.get("/sign-in")
        entered = self.post("/sign-in", {"name": name, "password": password})
        assert entered.status == 302, f"{name} cannot sign in: {entered.status}"
        return self

    def _remember(self, answer: http.client.HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
