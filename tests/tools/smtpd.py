#!/usr/bin/env python3
"""A mail server for tests: keeps what it receives, and refuses on demand.

    smtpd.py --port 2525 --folder /tmp/letters [--fail-first N] [--reject ADDRESS]... [--starttls] [--require-tls]

Each message becomes <folder>/0001.eml, 0002.eml… with the envelope in X-Envelope-From and X-Envelope-To lines added on
top. It appears under its name only once complete. `--port 0` takes a free port. Prints one line when it listens:
`ready HOST:PORT`, then `message NAME SENDER RECIPIENTS` or `refused CODE …` for each try. Ends on SIGTERM or SIGINT.

--fail-first N      answers 451 to the first N messages (a mail server that is busy)
--reject ADDRESS    answers 550 to this recipient (may be repeated)
--starttls          offers STARTTLS with a self-signed certificate, left in <folder>/certificate.pem for the client
--require-tls       refuses to go on without it
"""

import argparse
import os
import signal
import ssl
import subprocess
import tempfile
import threading
import warnings
from pathlib import Path

from aiosmtpd.controller import Controller

# aiosmtpd warns that STARTTLS without --require-tls lets a client stay in clear: here that is a case to test.
warnings.filterwarnings("ignore", module="aiosmtpd")


class Mailbox:
    """Decides the answer to each recipient and message, and keeps the accepted ones."""

    def __init__(self, folder: Path, fail_first: int, reject: set[str]):
        self.folder = folder
        self.failures_left = fail_first
        self.reject = reject
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.lower() in self.reject:
            say("refused 550", address)
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        if self.failures_left > 0:
            self.failures_left -= 1
            say("refused 451", envelope.mail_from, ",".join(envelope.rcpt_tos))
            return "451 4.3.2 busy, try again later"
        self.count += 1
        name = f"{self.count:04}.eml"
        envelope_lines = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        envelope_lines += f"X-Envelope-TLS: {'yes' if session.ssl else 'no'}\r\n"
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(envelope_lines.encode() + envelope.original_content)
        unfinished.rename(self.folder / name)
        say("message", name, envelope.mail_from, ",".join(envelope.rcpt_tos))
        return f"250 2.0.0 kept as {name}"


def say(*words):
    print(*words, flush=True)


def self_signed(folder: Path) -> ssl.SSLContext:
    certificate = folder / "certificate.pem"
    with tempfile.TemporaryDirectory() as private:
        key = os.path.join(private, "key.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout", key, "-out", str(certificate)],
            check=True, capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    return context


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--fail-first", type=int, default=0, metavar="N")
    parser.add_argument("--reject", action="append", default=[], metavar="ADDRESS")
    parser.add_argument("--starttls", action="store_true")
    parser.add_argument("--require-tls", action="store_true")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)

    mailbox = Mailbox(arguments.folder, arguments.fail_first, {address.lower() for address in arguments.reject})
    tls = self_signed(arguments.folder) if arguments.starttls or arguments.require_tls else None
    port = arguments.port or free_port(arguments.host)
    controller = Controller(
        mailbox, hostname=arguments.host, port=port, tls_context=tls, require_starttls=arguments.require_tls,
        enable_SMTPUTF8=True,
    )  # fmt: skip
    controller.start()
    stopped = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopped.set())
    say(f"ready {arguments.host}:{port}")
    stopped.wait()
    controller.stop()


def free_port(host: str) -> int:
    import socket

    with socket.socket() as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
