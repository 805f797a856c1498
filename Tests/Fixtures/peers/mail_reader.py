#!/usr/bin/env python3
"""Reads mails with Python's email package and says what it saw, one line of JSON for each.

Standard input: for each mail its length in decimal, a line end, and its bytes.
"""
import email, email.policy, json, sys
from email.utils import parsedate_to_datetime

source = sys.stdin.buffer
while line := source.readline():
    data = source.read(int(line))
    mail = email.message_from_bytes(data, policy=email.policy.default)
    parts = list(mail.iter_parts()) if mail.is_multipart() else []
    defects = [type(d).__name__ for m in mail.walk() for d in m.defects]
    for name in mail.keys():
        defects += [f"{name}: {type(d).__name__}" for d in mail[name].defects]
    to, sender = mail["To"], mail["From"]
    print(json.dumps({
        "headers": [name.lower() for name in mail.keys()],
        "subject": str(mail["Subject"]),
        "to": [[a.display_name, a.addr_spec] for a in to.addresses],
        "from": [[a.display_name, a.addr_spec] for a in sender.addresses],
        "date": int(parsedate_to_datetime(str(mail["Date"])).timestamp()),
        "messageID": str(mail["Message-ID"]),
        "references": str(mail["References"] or "").split(),
        "type": mail.get_content_type(),
        "parts": [[p.get_content_type(), p.get_content()] for p in parts],
        "defects": defects,
        "longest": max(len(l) for l in data.split(b"\r\n")),
        "bare": b"\r" in data.replace(b"\r\n", b"") or b"\n" in data.replace(b"\r\n", b""),
        "ascii": all(32 <= b < 127 or b in (9, 13, 10) for b in data),
        "dots": sum(l.startswith(b".") for l in data.split(b"\r\n")),
    }))
