#!/usr/bin/env python3
"""A mail server on the loopback, with its own authority and certificate; keeps, never sends.

Facts: port, authority (PEM), stranger_authority (PEM), user, password, messages (a folder: N.eml
is what arrived, N.json the envelope), events (a file: one word for each thing clients did).

The recipient's name chooses what happens: bounce 550, slow 451, full 552 after the data, later 452
after the data, tardy 552 fifteen seconds after the data, hangup the connection breaks after the data and before the answer, stall no answer
ever comes to the data. Everybody else gets mail.
"""
import argparse, asyncio, json, logging, os, ssl, warnings

# What clients do wrong here they do on purpose.
warnings.simplefilter("ignore")
logging.getLogger("mail").setLevel(logging.CRITICAL)
try:
    from aiosmtpd.smtp import AuthResult, SMTP
except ImportError:
    raise SystemExit("aiosmtpd is missing: run script/bootstrap")
from peer import certificates, own_folder, ready, until_stdin_ends

USER, PASSWORD = "mochila@records.example", "correct horse 'battery'"
arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--protection", choices=["startTLS", "implicitTLS", "none"],
                       default="startTLS")
arguments.add_argument("--no-auth", action="store_true")
options = arguments.parse_args()


class Handler:
    def __init__(self, folder):
        self.folder, self.count = folder, 0
        os.mkdir(os.path.join(folder, "messages"))
        self.events = open(os.path.join(folder, "events"), "w", buffering=1)

    def note(self, event):
        self.events.write(event + "\n")

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.note("greeted")
        return responses

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        self.note("mail")
        envelope.mail_from = address
        return "250 2.1.0 ok"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("bounce"):
            return f"550 5.1.1 <{address}> no such mailbox"
        if address.startswith("slow"):
            return f"451 4.7.1 <{address}> greylisted"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        if any(a.startswith("full") for a in envelope.rcpt_tos):
            return "552 5.2.2 mailbox full"
        if any(a.startswith("tardy") for a in envelope.rcpt_tos):
            await asyncio.sleep(15)
            return "552 5.2.2 mailbox full"
        if any(a.startswith("later") for a in envelope.rcpt_tos):
            return "452 4.2.2 mailbox full"
        if any(a.startswith("stall") for a in envelope.rcpt_tos):
            self.note("stalled")
            await asyncio.sleep(3600)
        self.count += 1
        path = os.path.join(self.folder, "messages", str(self.count))
        with open(path + ".json", "w") as file:
            json.dump({"from": envelope.mail_from, "to": envelope.rcpt_tos,
                       "hello": session.host_name, "encrypted": server.transport.get_extra_info("ssl_object") is not None,
                       "signedIn": bool(session.authenticated)}, file)
        with open(path + ".eml", "wb") as file:
            file.write(envelope.content)
        if any(a.startswith("hangup") for a in envelope.rcpt_tos):
            server.transport.abort()
        return "250 2.0.0 kept"

    def authenticate(self, server, session, envelope, mechanism, data):
        self.note("credentials")
        right = (getattr(data, "login", b"") == USER.encode()
                 and getattr(data, "password", b"") == PASSWORD.encode())
        # handled=False makes aiosmtpd answer 535; otherwise it stays silent and the client waits.
        return AuthResult(success=right, handled=False)


def make_certificates(folder):
    def path(name):
        return os.path.join(folder, name)
    certificates(path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path("server.pem"), path("server.key"))
    return context


async def main(folder):
    handler = Handler(folder)
    context = None if options.protection == "none" else make_certificates(folder)
    implicit = options.protection == "implicitTLS"
    starttls = options.protection == "startTLS"
    auth = {} if options.no_auth else dict(
        authenticator=handler.authenticate, auth_required=True, auth_require_tls=starttls)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, hostname="peer.example", enable_SMTPUTF8=True,
                     tls_context=context if starttls else None, require_starttls=starttls,
                     **auth),
        "127.0.0.1", 0, ssl=context if implicit else None)
    ready(port=server.sockets[0].getsockname()[1], user=USER, password=PASSWORD,
          authority=os.path.join(folder, "authority.pem"),
          stranger_authority=os.path.join(folder, "stranger.pem"),
          messages=os.path.join(folder, "messages"), events=os.path.join(folder, "events"))
    await asyncio.to_thread(until_stdin_ends)
    server.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


with own_folder() as folder:
    asyncio.run(main(folder))
