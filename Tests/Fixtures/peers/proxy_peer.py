#!/usr/bin/env python3
"""A line that fails: passes connections on to a server of this machine, as long as it likes.

--cut 1000,50000: the first connection breaks after 1000 bytes of the client's, the next after
50000, later ones not at all; --cut-replies the same with bytes of the server's. --stall 1000: each connection stops moving after 1000 bytes and stays
open. --silent: takes connections and never says a word; needs no --target. --refuse: says 554 like
a mail server that wants nobody. Facts: port.
"""
import argparse, asyncio
from peer import ready, until_stdin_ends

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--target", type=int)
arguments.add_argument("--cut", default="")
arguments.add_argument("--cut-replies", default="")
arguments.add_argument("--stall", type=int)
arguments.add_argument("--silent", action="store_true")
arguments.add_argument("--refuse", action="store_true")
options = arguments.parse_args()
cuts = [int(cut) for cut in options.cut.split(",") if cut]
reply_cuts = [int(cut) for cut in options.cut_replies.split(",") if cut]
open_forever = []


async def pump(reader, writer, limit=None, stall=None):
    passed = 0
    try:
        while data := await reader.read(16384):
            if limit is not None and passed + len(data) >= limit:
                writer.write(data[:limit - passed])
                await writer.drain()
                return
            if stall is not None and passed + len(data) >= stall:
                await asyncio.sleep(3600)
            passed += len(data)
            writer.write(data)
            await writer.drain()
    except OSError:
        pass


async def connected(reader, writer):
    try:
        await converse(reader, writer)
    except (asyncio.CancelledError, OSError):
        pass


async def converse(reader, writer):
    if options.silent:
        open_forever.append(writer)
        await asyncio.sleep(3600)
    if options.refuse:
        writer.write(b"554 5.3.2 peer.example takes no mail\r\n")
        await writer.drain()
        await reader.read(1024)
        writer.close()
        return
    limit = cuts.pop(0) if cuts else None
    reply_limit = reply_cuts.pop(0) if reply_cuts else None
    there, to_there = await asyncio.open_connection("127.0.0.1", options.target)
    tasks = [asyncio.ensure_future(pump(reader, to_there, limit, options.stall)),
             asyncio.ensure_future(pump(there, writer, reply_limit))]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    # abort, not close: the client sees a broken line at once.
    writer.transport.abort()
    to_there.transport.abort()


async def main():
    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    ready(port=server.sockets[0].getsockname()[1])
    await asyncio.to_thread(until_stdin_ends)
    server.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


asyncio.run(main())
