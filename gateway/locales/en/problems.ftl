# What fails, as `title`, `detail` and `errors[].detail` of problems and on pages. Keys are the English sentences themselves.

## Kinds of failure, in a few words

the-request-is-not-valid = The request is not valid
sign-in-first = Sign in first
not-a-member = Not a member
not-permitted = Not permitted
the-invitation-is-for-somebody-else = The invitation is for somebody else
e-mail-address-not-verified = E-mail address not verified
nothing-is-here = Nothing is here
organization-not-found = Organization not found
member-not-found = Member not found
invitation-not-found = Invitation not found
webhook-not-found = Webhook not found
too-many-webhooks = Too many webhooks
webhook-disabled = Webhook disabled
method-not-allowed = Method not allowed
the-request-took-too-long-to-arrive = The request took too long to arrive
already-founded = Already founded
the-owner-can-t-leave = The owner can't leave
the-owner-can-t-be-removed = The owner can't be removed
already-a-member = Already a member
already-invited = Already invited
already-the-owner = Already the owner
slug-taken = Slug taken
invitation-settled = Invitation settled
the-inviter-has-gone = The inviter has gone
invitation-expired = Invitation expired
the-body-is-too-large = The body is too large
unsupported-media-type = Unsupported media type
changed-meanwhile = Changed meanwhile
key-used-before = Key used before
too-many-requests = Too many requests
not-available-now = Not available now
something-went-wrong-here = Something went wrong here

## Rules that were broken

there-is-no-such-organization-or-you-are-not-a-member-of-it = There is no such organization, or you are not a member of it.
an-organization-with-this-id-exists-already = An organization with this id exists already.
another-organization-has-this-slug = Another organization has this slug.
only-the-owner-and-admins-may-do-this = Only the owner and admins may do this.
only-the-owner-may-do-this = Only the owner may do this.
the-role-owner-can-t-be-given-ownership-is-transferred-by-the-owner = The role owner can't be given; ownership is transferred by the owner.
the-owner-s-role-can-t-be-changed-ownership-is-transferred-by-the-owner = The owner's role can't be changed; ownership is transferred by the owner.
there-is-no-such-member-in-this-organization = There is no such member in this organization.
the-owner-can-t-leave-transfer-ownership-to-another-member-or-delete-the-organization-first = The owner can't leave. Transfer ownership to another member or delete the organization first.
this-member-is-the-owner-already = This member is the owner already.
this-person-is-a-member-already = This person is a member already.
this-address-has-a-pending-invitation-already = This address has a pending invitation already.
there-is-no-such-invitation = There is no such invitation.
this-invitation-was-accepted-declined-or-revoked-before = This invitation was accepted, declined or revoked before.
this-invitation-has-expired-ask-for-a-new-one = This invitation has expired. Ask for a new one.
this-invitation-is-for-another-e-mail-address = This invitation is for another e-mail address.
your-e-mail-address-is-not-verified-by-your-identity-provider = Your e-mail address is not verified by your identity provider.
whoever-invited-you-is-no-longer-a-member-ask-for-a-new-invitation = Whoever invited you is no longer a member. Ask for a new invitation.

## What a value must be; the name of the field stands before it

must-be-an-e-mail-address = must be an e-mail address
must-be-a-uuid = must be a UUID
must-be-1-to-255-printable-characters = must be 1 to 255 printable characters
must-be-1-to-2048-printable-characters = must be 1 to 2048 printable characters
must-not-contain-u-0000-nor-be-nested-deeper-than-32-levels = must not contain U+0000 nor be nested deeper than 32 levels
must-be-at-most-16-kib = must be at most 16 KiB
must-be-an-object = must be an object
must-be-one-of-owner-admin-member = must be one of owner, admin, member
must-be-2-to-48-characters-of-a-z-0-9-and-hyphen = must be 2 to 48 characters of a-z, 0-9 and hyphen
must-not-start-or-end-with-a-hyphen-nor-have-two-in-a-row = must not start or end with a hyphen, nor have two in a row
must-not-look-like-an-id = must not look like an id
is-reserved = is reserved
must-not-contain-control-characters-or-text-direction-controls = must not contain control characters or text-direction controls
must-be-1-to-100-characters = must be 1 to 100 characters
must-be-joined-at-or-joined-at = must be joined_at or -joined_at
must-be-a-known-permission = must be a known permission
can-t-be-given-here-each-row-leads-to-a-version-of-its-own = can't be given here: each row leads to a version of its own
must-be-given-once = must be given once
must-be-a-whole-number = must be a whole number
is-missing = is missing
must-be-a-whole-number-from-1-to-200 = must be a whole number from 1 to 200
must-say-its-time-zone-as-2026-03-01t00-00z-does = must say its time zone, as 2026-03-01T00:00Z does
must-be-a-time-with-its-zone-such-as-2026-03-01t00-00z = must be a time with its zone, such as 2026-03-01T00:00Z
must-be-a-type-of-event-such-as-memberleft = must be a type of event, such as MemberLeft
must-be-person-service-or-operator = must be person:…, service:… or operator:…
must-be-a-whole-number-from-1-on = must be a whole number from 1 on
does-not-go-together-with-as-of = does not go together with as_of
does-not-go-together-with-as-of-or-at-sequence = does not go together with as_of or at_sequence
must-not-be-beyond-the-organization-s-last-sequence = must not be beyond the organization's last sequence
must-be-a-time-that-has-come = must be a time that has come
may-be-1-000-at-most = may be 1,000 at most
must-be-a-whole-number-from-1-to-1000 = must be a whole number from 1 to 1000
must-be-a-whole-number-the-last-sequence-you-have = must be a whole number: the last sequence you have
must-be-at-most-100-characters = must be at most 100 characters
must-be-a-url-of-2048-characters-at-most-that-begins-with-https-and-has-no-user-or-password = must be a URL of 2048 characters at most that begins with https:// and has no user or password
must-not-lead-to-a-private-address = must not lead to a private address
must-be-names-of-events-or-null-for-all-of-them = must be names of events, or null for all of them
must-not-be-after-the-next-position = must not be after the next position
must-end-a-range-of-positions-that-there-are-10-000-at-most-over-all-organizations = must end a range of positions that there are, 10,000 at most over all organizations
must-be-a-whole-number-from-0-to-604800 = must be a whole number from 0 to 604800
must-be-stopped-or-now = must be stopped or now
must-be-a-next-cursor-of-the-same-list-and-order = must be a next_cursor of the same list and order

# A mistake in a field, by the name that programs know it by.
named-mistake = { $field }: { $mistake }

## What went wrong this time

there-is-nothing-at-this-address = There is nothing at this address.
this-address-does-not-take-this-method = This address does not take this method.
send-a-token-authorization-bearer-in-development-roster-token-prints-one = Send a token: 'Authorization: Bearer …'. In development, 'roster token' prints one.
tokens-can-t-be-verified-just-now = Tokens can't be verified just now.
the-token-is-not-valid-here-or-has-expired = The token is not valid here, or has expired.
acting-for-others-needs-the-scope-roster-act-as = Acting for others needs the scope roster:act-as.
reading-the-events-of-all-organizations-needs-the-scope-roster-audit = Reading the events of all organizations needs the scope roster:audit.
webhooks-for-all-organizations-need-the-scope-roster-admin = Webhooks for all organizations need the scope roster:admin.
there-is-no-such-webhook = There is no such webhook.
there-are-20-webhooks-here-already = There are 20 webhooks here already.
this-webhook-is-disabled-enable-it-first = This webhook is disabled. Enable it first.
reading-the-memberships-of-somebody-else-needs-the-scope-roster-audit = Reading the memberships of somebody else needs the scope roster:audit.
erasing-somebody-else-needs-the-scope-roster-admin = Erasing somebody else needs the scope roster:admin.
reading-when-people-were-erased-needs-the-scope-roster-audit = Reading when people were erased needs the scope roster:audit.
this-person-became-the-owner-meanwhile-and-may-have-left-other-organizations-already-transfer-ownership-then-ask-again = This person became the owner meanwhile, and may have left other organizations already. Transfer ownership, then ask again.
the-authorization-header-must-be-bearer-token = The Authorization header must be 'Bearer <token>'.
send-one-authorization-header = Send one Authorization header.
the-database-can-t-be-reached-yet-try-again-in-a-moment = The database can't be reached yet. Try again in a moment.
send-the-body-as-application-json = Send the body as application/json.
the-body-must-have-1-to-1-000-rows = The body must have 1 to 1,000 rows.
the-body-may-have-64-kib-at-most = The body may have 64 KiB at most.
the-body-may-have-1-mib-at-most = The body may have 1 MiB at most.
the-body-could-not-be-read = The body could not be read.
the-body-did-not-arrive-in-time = The body did not arrive in time.
the-body-must-be-a-json-object = The body must be a JSON object.
the-body-must-be-one-json-object-and-nothing-after-it = The body must be one JSON object and nothing after it.
the-query-is-not-well-formed = The query is not well formed.
this-is-a-mistake-of-roster-s-and-was-logged = This is a mistake of Roster's, and was logged.
it-may-or-may-not-be-done-read-it-again-in-a-moment = It may or may not be done. Read it again in a moment.
memberships-can-t-be-read-or-changed-just-now-try-again-in-a-moment = Memberships can't be read or changed just now. Try again in a moment.
memberships-can-t-be-read-just-now-try-again-in-a-moment = Memberships can't be read just now. Try again in a moment.
this-list-can-t-be-shown-just-now-try-again-in-a-moment = This list can't be shown just now. Try again in a moment.
the-lists-are-still-being-built-try-again-in-a-moment = The lists are still being built. Try again in a moment.
the-lists-are-not-at-this-position-yet-try-again-in-a-moment = The lists are not at this position yet. Try again in a moment.
it-is-done-but-can-t-be-shown-just-now-read-it-again-in-a-moment = It is done, but can't be shown just now. Read it again in a moment.
only-members-and-backends-with-the-scope-for-it-may-ask-about-others = Only members, and backends with the scope for it, may ask about others.
this-person-is-not-a-member-of-this-organization = This person is not a member of this organization.
this-request-comes-from-another-site = This request comes from another site.
the-form-could-not-be-read = The form could not be read.
this-is-not-the-name-of-the-organization-type-it-exactly-as-it-is-shown = This is not the name of the organization. Type it exactly as it is shown.
too-many-pages-are-open-close-some-or-try-again-in-a-moment = Too many pages are open. Close some, or try again in a moment.
the-organization-has-changed-since-read-it-again-then-decide = The organization has changed since. Read it again, then decide.
something-else-was-asked-under-this-key-before-take-a-new-key = Something else was asked under this key before. Take a new key.
too-many-streams-are-open-close-some-or-try-again-in-a-moment = Too many streams are open. Close some, or try again in a moment.
the-journal-has-not-reached-this-position-it-was-restored-from-a-backup-begin-without-one = The journal has not reached this position: it was restored from a backup. Begin without one.
too-much-was-asked-at-once-try-again-in-a-moment = Too much was asked at once. Try again in a moment.
