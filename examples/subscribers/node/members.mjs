// A table of who is a member where, kept from Roster's stream: in a file, with the place up to which the stream was read.
//
//   NATS_URL=nats://127.0.0.1:4222 node members.mjs members.json
//
// Table and place are written together, and so agree however this ends: what comes again is known by its position and skipped.

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, nanos } from "@nats-io/transport-node";

const file = process.argv[2] ?? "members.json";
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Nothing known yet. `id` is that of the event at `position`; `applied` counts events, and is always equal to `position`.
const nothing = (journal) => ({ journal, position: 0, id: null, applied: 0, members: {} });
let table = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : nothing(null);

// Beside it first, and then in its place: whoever reads it finds the former or the new one, never half of one.
function save() {
  const beside = openSync(`${file}.new`, "w");
  writeSync(beside, JSON.stringify(table));
  fsyncSync(beside);
  closeSync(beside);
  renameSync(`${file}.new`, file);
}

// What each event does to the table. A member id is one membership of one person: who comes back has another one.
const changes = {
  MemberJoined: ({ organization, data }) => {
    table.members[data.member_id] = { organization, user_id: data.user_id, role: data.role };
  },
  MemberRoleChanged: ({ data }) => void (table.members[data.member_id].role = data.role),
  OwnershipTransferred: ({ data }) => {
    table.members[data.from.member_id].role = "admin";
    table.members[data.to.member_id].role = "owner";
  },
  MemberLeft: ({ data }) => void delete table.members[data.member_id],
  MemberRemoved: ({ data }) => void delete table.members[data.member_id],
  OrganizationDeleted: ({ organization }) => {
    for (const [id, member] of Object.entries(table.members)) if (member.organization === organization) delete table.members[id];
  },
};
// Known, and nothing to this table.
for (const type of ["OrganizationFounded", "OrganizationRenamed", "SlugChanged", "LogoChanged", "MetadataChanged"]) changes[type] = () => {};
for (const type of ["MemberInvited", "InvitationExtended", "InvitationRevoked", "InvitationDeclined", "InvitationAccepted"]) changes[type] = () => {};

class Unknown extends Error {}
class Hole extends Error {}

// Takes one message; false where everything has to be read anew.
function take(message) {
  const [event, journal] = [message.json(), message.headers.get("Roster-Journal")];
  // Another journal, or another event at the place where we were (restored from a backup): what we have is another history.
  if (table.journal !== null && journal !== table.journal) return false;
  if (event.position === table.position && event.id !== table.id) return false;
  if (event.position <= table.position) return true; // Again: the stream was made anew, or we began with the last one.
  if (event.position > table.position + 1) throw new Hole(`${table.position + 1} is missing before ${event.position}`);
  const type = event.type.split(".")[1];
  // A later Roster's. It may say who is a member: to pass over it would be to be wrong from then on.
  if (!(type in changes)) throw new Unknown(`${type} at position ${event.position}: upgrade this program`);
  changes[type](event);
  Object.assign(table, { journal, position: event.position, id: event.id, applied: table.applied + 1 });
  return true;
}

// Reads on from where the table is until something is the matter.
async function follow(js, jsm) {
  // The last one once more, to see that it still is the same; of a stream that has less, the last it has, to see whose it is. Nobody
  // acknowledges: the table knows how far it is.
  const { state } = await jsm.streams.info("ROSTER");
  const made = await jsm.consumers.add("ROSTER", {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: Math.max(Math.min(table.position, state.last_seq), 1),
    inactive_threshold: nanos(30_000),
  });
  const consumer = await js.consumers.get("ROSTER", made.name);
  console.error(`from position ${table.position}`);
  for (;;) {
    const before = table.position;
    for await (const message of await consumer.fetch({ max_messages: 500, expires: 1000 })) {
      if (take(message)) continue;
      console.error("another journal: all is read anew");
      table = nothing(message.headers.get("Roster-Journal"));
      return;
    }
    if (table.position > before) save();
    else await consumer.info(); // Silent, because nothing happens or because it is gone: then this fails.
  }
}

const nats = await connect({ servers: process.env.NATS_URL, maxReconnectAttempts: -1, waitOnFirstConnect: true, reconnectTimeWait: 500 });
for (;;) {
  try {
    const jsm = await jetstreamManager(nats, { checkAPI: false });
    await follow(jetstream(nats), jsm);
  } catch (error) {
    save();
    if (error instanceof Unknown) {
      console.error(String(error));
      process.exit(1);
    }
    // The stream is away, made anew, or gave a hole: from the table's place once more.
    console.error(`again: ${error}`);
    await pause(500);
  }
}
