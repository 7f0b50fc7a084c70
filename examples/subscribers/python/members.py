"""A table of who is a member where, kept from Roster's stream: in SQLite, with the place up to which the stream was read.

    NATS_URL=nats://127.0.0.1:4222 python members.py members.db

Table and place change in one transaction, and so agree however this ends: what comes again is known by its position and skipped.
"""

import asyncio
import json
import os
import sqlite3
import sys

import nats
from nats.errors import TimeoutError as Silence
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

# `event` is the id of the event at `position`; `applied` counts events, and is always equal to `position`.
SCHEMA = """
create table if not exists members (member_id text primary key, organization text not null, user_id text not null, role text not null);
create index if not exists members_by_organization on members (organization);
create table if not exists place (journal text, position integer not null, event text, applied integer not null);
insert into place select null, 0, null, 0 where not exists (select 1 from place);
"""

# Known, and nothing to this table.
OTHERS = {
    "OrganizationFounded", "OrganizationRenamed", "SlugChanged", "LogoChanged", "MetadataChanged",
    "MemberInvited", "InvitationExtended", "InvitationRevoked", "InvitationDeclined", "InvitationAccepted",
}


class Unknown(Exception):
    """An event of a later Roster."""


class Hole(Exception):
    """An event is missing."""


def apply(db, event):
    """What an event does to the table. A member id is one membership of one person: who comes back has another one."""
    organization, data = event["organization"], event.get("data")
    match event["type"].split(".")[1]:
        case "MemberJoined":
            joined = (data["member_id"], organization, data["user_id"], data["role"])
            db.execute("insert into members (member_id, organization, user_id, role) values (?, ?, ?, ?)", joined)
        case "MemberRoleChanged":
            db.execute("update members set role = ? where member_id = ?", (data["role"], data["member_id"]))
        case "OwnershipTransferred":
            db.execute("update members set role = 'admin' where member_id = ?", (data["from"]["member_id"],))
            db.execute("update members set role = 'owner' where member_id = ?", (data["to"]["member_id"],))
        case "MemberLeft" | "MemberRemoved":
            db.execute("delete from members where member_id = ?", (data["member_id"],))
        case "OrganizationDeleted":
            db.execute("delete from members where organization = ?", (organization,))
        case other if other not in OTHERS:
            # It may say who is a member: to pass over it would be to be wrong from then on.
            raise Unknown(f"{other} at position {event['position']}: upgrade this program")


def take(db, message):
    """Takes one message within a transaction."""
    event, journal = json.loads(message.data), message.headers["Roster-Journal"]
    known, position, last = db.execute("select journal, position, event from place").fetchone()
    # Another journal, or another event at the place where we were (restored from a backup): what we have is another history.
    if (known is not None and journal != known) or (event["position"] == position and event["id"] != last):
        print("another journal: all is read anew", file=sys.stderr)
        db.execute("delete from members")
        db.execute("update place set journal = ?, position = 0, event = null, applied = 0", (journal,))
        return False
    if event["position"] <= position:
        return True  # Again: the stream was made anew, or we began with the last one.
    if event["position"] > position + 1:
        raise Hole(f"{position + 1} is missing before {event['position']}")
    apply(db, event)
    now = (journal, event["position"], event["id"])
    db.execute("update place set journal = ?, position = ?, event = ?, applied = applied + 1", now)
    return True


async def follow(db, jetstream):
    """Reads on from where the table is until something is the matter."""
    (position,) = db.execute("select position from place").fetchone()
    # The last one once more, to see that it still is the same; of a stream that has less, the last it has, to see whose it is.
    # Nobody acknowledges: the table knows how far it is.
    there = await jetstream.stream_info("ROSTER")
    subscription = await jetstream.pull_subscribe(
        "roster.events.*.*",
        stream="ROSTER",
        config=ConsumerConfig(
            ack_policy=AckPolicy.NONE,
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=max(min(position, there.state.last_seq), 1),
            inactive_threshold=30,
        ),
    )
    print(f"from position {position}", file=sys.stderr)
    try:
        while True:
            try:
                messages = await subscription.fetch(500, timeout=1)
            except Silence:
                # Because nothing happens, or because it is gone: then this fails.
                await subscription.consumer_info()
                continue
            with db:  # One transaction: all of these messages and the place behind them, or nothing.
                if not all(take(db, message) for message in messages):
                    return
    finally:
        await subscription.unsubscribe()


async def main(file):
    db = sqlite3.connect(file)
    db.executescript(SCHEMA)
    client = await nats.connect(os.environ["NATS_URL"], max_reconnect_attempts=-1, reconnect_time_wait=0.5)
    jetstream = client.jetstream(timeout=2)
    while True:
        try:
            await follow(db, jetstream)
        except Unknown as unknown:
            sys.exit(str(unknown))
        except Exception as error:  # The stream is away, made anew, or gave a hole: from the table's place once more.
            print(f"again: {error!r}", file=sys.stderr)
            await asyncio.sleep(0.5)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "members.db"))
