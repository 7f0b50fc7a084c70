# What the pages say. $organization, $person and $actor are names that people chose, in any script; they are isolated from
# the direction of the sentence by themselves. Say "you" to the reader as a well-mannered product would (German: Sie).

## Words on every page

product = Roster
# After the page's own title, in the window's title.
window-title = { $page } · { $organization }
skip-to-content = Skip to content
navigation = Organization
nav-dashboard = Dashboard
nav-members = Members
nav-history = History
nav-settings = Settings
nav-organizations = Your organizations
signed-in-as = Signed in as { $person }
sign-out = Sign out
language = Language
language-save = Change language
role-owner = Owner
role-admin = Admin
role-member = Member
cancel = Cancel
save = Save
back = Back
you = You
nobody-known = Unknown person
next-page = Next page
first-page = First page
# Shown when the browser could not reach the server at all.
not-reached = The server could not be reached. Nothing was changed as far as we know. Check your connection and try again.

## Signing in

sign-in = Sign in
sign-in-development = This server runs for development: whoever can reach it may sign in as anybody. Pick a person or type one.
sign-in-people = People known here
sign-in-somebody = Somebody else
sign-in-user-id = User id
sign-in-user-id-hint = The id that an identity provider would give this person, for example ana.
sign-in-name = Name
sign-in-email = E-mail address
optional = optional
sign-in-elsewhere = You sign in with your organization's identity provider. You will come back here afterwards.
sign-in-elsewhere-go = Go to sign-in
sign-in-unset = You sign in at the application that sent you here. Go back to it, sign in, and open this page again.

## Organizations of a person

select-title = Your organizations
select-none = You are not a member of any organization yet.
select-invitations = Invitations for you
select-invitation = Invitation to { $organization }
select-found = Found an organization
invitation-role = As { $role }
joined-on = Member since { $date }

## Onboarding

onboarding-title = Found your organization
onboarding-first = You do not belong to any organization yet. Found one, or open an invitation that was sent to you.
onboarding-another = You become the owner of the new organization.
organization-name = Name
organization-slug = Address
organization-slug-hint = 2 to 48 characters: a to z, 0 to 9 and hyphens. It is part of every link to the organization.
found = Found organization

## Dashboard

dashboard-members = { $number ->
    [one] { $number } member
   *[other] { $number } members
  }
dashboard-your-role = Your role
dashboard-latest = Latest changes
dashboard-none = Nothing has happened here yet.
# Each of these is one line in the list of latest changes; the moment stands beside it.
change-founded = { $actor } founded the organization
change-renamed = { $actor } renamed the organization to { $name }
change-slug = { $actor } changed the address to { $slug }
change-profile = { $actor } changed the profile
change-invited = { $actor } invited somebody as { $role ->
    [admin] admin
   *[member] member
  }
change-invitation-extended = { $actor } extended an invitation
change-invitation-revoked = { $actor } took an invitation back
change-invitation-declined = { $actor } declined an invitation
change-invitation-accepted = { $actor } accepted an invitation
change-joined = { $person } joined as { $role ->
    [owner] owner
    [admin] admin
   *[member] member
  }
change-role = { $actor } made { $person } { $role ->
    [admin] an admin
   *[member] a member
  }
change-transferred = { $actor } made { $person } the owner
change-left = { $person } left
change-removed = { $actor } removed { $person }
change-deleted = { $actor } deleted the organization

## Members

members-title = Members
members-search = Search by name or e-mail
members-search-go = Search
members-role = Role
members-role-any = Any role
members-none = No member matches this search.
# How many members the list has in all, with its filters.
members-shown = { $number ->
    [one] { $number } member
   *[other] { $number } members
  }
members-change-role = Change role
members-role-of = Role of { $person }
members-remove = Remove
members-remove-person = Remove { $person }

## Invitations, as owner and admins see them

invite-title = Invite somebody
invite-email = E-mail address
invite-role = Role
invite = Invite
invitations-pending = Pending invitations
invitations-pending-none = No invitation is pending.
invitation-link = Link to send
invitation-expires = Valid until { $date }
invitation-expired-on = Expired on { $date }
invitation-again = Extend
invitation-again-for = Extend the invitation of { $email }
invitation-revoke = Take back
invitation-revoke-for = Take back the invitation of { $email }

## An invitation, as the person invited sees it

invitation-title = Join { $organization }
invitation-from = { $person } invited you to { $organization } as { $role ->
    [admin] admin
   *[member] member
  }.
invitation-until = You can accept until { $date }.
invitation-account = You accept as { $person }.
invitation-accept = Accept and join
invitation-decline = Decline
invitation-over = This invitation can no longer be accepted.

## Leaving

leave-option = Leave organization
leave-title = Leave { $organization }
leave-ends = Your access to everything in { $organization } ends at once, on every device.
leave-return = To come back you need a new invitation from the owner or an admin.
leave-own-decision = This is your own decision, not a removal by somebody else.
leave-account = Account
leave-role = Role
leave-confirm = Leave { $organization }

## History, as the owner, admins and auditors see it

history-title = History
history-over-time = Members over time
history-movements = Joins and departures
# What the first picture shows, for those who can't see it. All of these are numbers.
history-members-told = From { $from } to { $to }. Members at most: { $most }. Now: { $now }.
history-movements-told = From { $from } to { $to }. Joined: { $joined }. Left: { $left }. Removed: { $removed }.
# Beside the colours of the bars: filled bars go up, outlined bars go down.
history-up = Joined: filled, upwards
history-down = Left or removed: outlined, downwards
history-numbers = The same numbers as a table
history-by-day = Members by day (UTC)
history-by-week = Members by week from Monday on (UTC)
history-by-month = Members by month (UTC)
# Heads of the table's columns; the middle three also stand before a number.
history-day = Day
history-week = Week of
history-month = Month
history-joined = Joined
history-left = Left
history-removed = Removed
history-members = Members
history-as-of-title = Members on a day
history-as-of = Which day
history-as-of-hint = As it was at the end of the day in UTC; for today, as it is now.
history-as-of-go = Show
history-then-day = At the end of { $date } (UTC)
history-then-moment = On { $moment }
history-then-nobody = The organization was not founded yet.
# By whose act somebody is a member, or has a role.
history-since = Member since { $moment }, by { $actor }
history-role-since = { $role } since { $moment }, by { $actor }
history-events = What happened
# $actor as programs write it: operator:maria, service:billing.
history-actor = Recorded as { $actor }
history-reason = Reason: { $reason }
# Of what was taken over from another system.
history-happened = Happened on { $moment } and was recorded here later
history-older = Older events
history-newest = Newest events

## Settings

settings-title = Settings
settings-profile = Profile
settings-slug-note = Links with the former address stop working, and somebody else may take it.
settings-id = Organization id
danger-title = Danger zone
danger-leave = Leave this organization
danger-leave-note = Your access ends at once. You need a new invitation to come back.
danger-owner-why = You are the owner, so you cannot leave: an organization always has exactly one owner. You can step away in two ways.
danger-transfer = Transfer ownership
danger-transfer-note = Another member becomes the owner, and you become an admin. After that you may leave.
danger-delete = Delete organization
danger-delete-note = Every membership ends at once, yours too. This can't be undone.

## Confirmations

remove-title = Remove { $person }
remove-ends = The access of { $person } to everything in { $organization } ends at once.
remove-return = To come back they need a new invitation.
remove-confirm = Remove { $person }
transfer-title = Transfer ownership
transfer-choose = Who becomes the owner of { $organization }?
transfer-nobody = There is nobody else here yet. Invite somebody first.
transfer-person-title = Make { $person } the owner
transfer-ends = { $person } becomes the owner of { $organization } at once. You become an admin and can't take this back yourself.
transfer-confirm = Make { $person } the owner
delete-title = Delete { $organization }
delete-ends = Every membership in { $organization } ends at once, yours too. Nobody can open it any more, and this can't be undone.
delete-confirm = Delete { $organization }
# The name is shown right after this sentence, to be typed into a field.
type-the-name = Type the name of the organization to confirm:

## Notices: one sentence at the top of the page that comes next

notice-left = You left { $organization }
notice-founded = { $organization } is founded. You are its owner.
notice-joined = Welcome to { $organization }
notice-declined = The invitation to { $organization } is declined.
notice-invited = The invitation is ready. Send the link to the person invited.
notice-extended = The invitation is valid for longer now.
notice-revoked = The invitation is taken back.
notice-role-changed = The role is changed.
notice-removed = { $person } is no longer a member.
notice-transferred = { $person } is the owner now, and you are an admin.
notice-deleted = { $organization } is deleted.
notice-saved = The changes are saved.
notice-not-there = That organization does not exist, or you are not a member of it.
notice-signed-out = You are signed out.

## When something fails

problem-again = Try again
problem-home = Go to your organizations
