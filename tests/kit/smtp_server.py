#!/usr/bin/env python3
"""A real mail server (aiosmtpd) on a free port, for tests. Prints the port.

usage: smtp_server.py FOLDER [CERT KEY]

Every mail it takes is a file in FOLDER: a line "from to", then its bytes. With CERT and KEY it offers
STARTTLS, and then signs in `mailer` with the password `s3cret` and takes nothing from others.
refused@... does not exist, busy@... is greylisted, slow@... is answered after a second.
"""
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder):
        self.folder, self.count = pathlib.Path(folder), 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 5.1.1 no such user here"
        if address.startswith("busy@"):
            return "451 4.7.1 come back later"
        if address.startswith("slow@"):
            await asyncio.sleep(1)
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        head = f"{envelope.mail_from} {' '.join(envelope.rcpt_tos)}\n".encode()
        name = self.folder / f"{self.count:03}"
        name.with_suffix(".part").write_bytes(head + envelope.original_content)
        name.with_suffix(".part").rename(name.with_suffix(".eml"))
        return "250 taken"


def sign_in(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"mailer", b"s3cret"))


async def main(folder, cert=None, key=None):
    options = {}
    if cert:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(cert, key)
        options = {"tls_context": tls, "require_starttls": True, "auth_required": True,
                   "authenticator": sign_in}
    handler = Handler(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, hostname="mail.test", **options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
