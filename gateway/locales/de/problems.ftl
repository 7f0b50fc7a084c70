## Kinds of failure, in a few words

the-request-is-not-valid = Die Anfrage ist ungültig
sign-in-first = Bitte zuerst anmelden
not-a-member = Kein Mitglied
not-permitted = Nicht erlaubt
the-invitation-is-for-somebody-else = Die Einladung ist für eine andere Person
e-mail-address-not-verified = E-Mail-Adresse nicht bestätigt
nothing-is-here = Hier ist nichts
organization-not-found = Organisation nicht gefunden
member-not-found = Mitglied nicht gefunden
invitation-not-found = Einladung nicht gefunden
method-not-allowed = Methode nicht erlaubt
the-request-took-too-long-to-arrive = Die Anfrage kam nicht rechtzeitig an
already-founded = Bereits gegründet
the-owner-can-t-leave = Der Inhaber kann die Organisation nicht verlassen
the-owner-can-t-be-removed = Der Inhaber kann nicht entfernt werden
already-a-member = Bereits Mitglied
already-invited = Bereits eingeladen
already-the-owner = Bereits Inhaber
slug-taken = Adresse bereits vergeben
invitation-settled = Einladung bereits erledigt
the-inviter-has-gone = Die einladende Person ist nicht mehr Mitglied
invitation-expired = Einladung abgelaufen
the-body-is-too-large = Der Inhalt der Anfrage ist zu groß
unsupported-media-type = Medientyp nicht unterstützt
changed-meanwhile = Inzwischen geändert
key-used-before = Schlüssel schon verwendet
too-many-requests = Zu viele Anfragen
not-available-now = Derzeit nicht verfügbar
something-went-wrong-here = Hier ist etwas schiefgegangen

## Rules that were broken

there-is-no-such-organization-or-you-are-not-a-member-of-it = Diese Organisation gibt es nicht, oder Sie sind dort nicht Mitglied.
an-organization-with-this-id-exists-already = Eine Organisation mit dieser ID gibt es bereits.
another-organization-has-this-slug = Eine andere Organisation hat diese Adresse (Slug) bereits.
only-the-owner-and-admins-may-do-this = Das dürfen nur Inhaber und Admins.
only-the-owner-may-do-this = Das darf nur der Inhaber.
the-role-owner-can-t-be-given-ownership-is-transferred-by-the-owner = Die Rolle Inhaber kann nicht vergeben werden; die Inhaberschaft wird vom Inhaber übertragen.
the-owner-s-role-can-t-be-changed-ownership-is-transferred-by-the-owner = Die Rolle des Inhabers kann nicht geändert werden; die Inhaberschaft wird vom Inhaber übertragen.
there-is-no-such-member-in-this-organization = In dieser Organisation gibt es dieses Mitglied nicht.
the-owner-can-t-leave-transfer-ownership-to-another-member-or-delete-the-organization-first = Der Inhaber kann die Organisation nicht verlassen. Übertragen Sie zuerst die Inhaberschaft an ein anderes Mitglied oder löschen Sie die Organisation.
this-member-is-the-owner-already = Die Inhaberschaft liegt bereits bei diesem Mitglied.
this-person-is-a-member-already = Diese Person ist bereits Mitglied.
this-address-has-a-pending-invitation-already = Für diese E-Mail-Adresse gibt es bereits eine offene Einladung.
there-is-no-such-invitation = Diese Einladung gibt es nicht.
this-invitation-was-accepted-declined-or-revoked-before = Diese Einladung wurde bereits angenommen, abgelehnt oder zurückgezogen.
this-invitation-has-expired-ask-for-a-new-one = Diese Einladung ist abgelaufen. Bitten Sie um eine neue.
this-invitation-is-for-another-e-mail-address = Diese Einladung gilt für eine andere E-Mail-Adresse.
your-e-mail-address-is-not-verified-by-your-identity-provider = Ihre E-Mail-Adresse ist von Ihrem Identitätsanbieter nicht bestätigt.
whoever-invited-you-is-no-longer-a-member-ask-for-a-new-invitation = Wer Sie eingeladen hat, ist nicht mehr Mitglied. Bitten Sie um eine neue Einladung.

## What a value must be; the name of the field stands before it

must-be-an-e-mail-address = muss eine E-Mail-Adresse sein
must-be-a-uuid = muss eine UUID sein
must-be-1-to-255-printable-characters = muss aus 1 bis 255 druckbaren Zeichen bestehen
must-be-1-to-2048-printable-characters = muss aus 1 bis 2048 druckbaren Zeichen bestehen
must-not-contain-u-0000-nor-be-nested-deeper-than-32-levels = darf weder U+0000 enthalten noch tiefer als 32 Ebenen verschachtelt sein
must-be-at-most-16-kib = darf höchstens 16 KiB groß sein
must-be-an-object = muss ein Objekt sein
must-be-one-of-owner-admin-member = muss einer dieser Werte sein: owner, admin, member
must-be-2-to-48-characters-of-a-z-0-9-and-hyphen = muss aus 2 bis 48 Zeichen bestehen: a-z, 0-9 und Bindestrich
must-not-start-or-end-with-a-hyphen-nor-have-two-in-a-row = darf nicht mit einem Bindestrich beginnen oder enden und keine zwei hintereinander enthalten
must-not-look-like-an-id = darf nicht wie eine ID aussehen
is-reserved = ist reserviert
must-not-contain-control-characters-or-text-direction-controls = darf keine Steuerzeichen und keine Zeichen zur Steuerung der Textrichtung enthalten
must-be-1-to-100-characters = muss aus 1 bis 100 Zeichen bestehen
must-be-joined-at-or-joined-at = muss joined_at oder -joined_at sein
must-be-entity-tags-in-quotes = muss aus Entity-Tags in Anführungszeichen bestehen
must-be-a-known-permission = muss eine bekannte Berechtigung sein
must-be-given-once = muss genau einmal angegeben werden
must-be-a-whole-number = muss eine ganze Zahl sein
is-missing = fehlt
must-be-a-whole-number-from-1-to-200 = muss eine ganze Zahl von 1 bis 200 sein
must-be-a-whole-number-the-last-sequence-you-have = muss eine ganze Zahl sein: die letzte Sequenznummer, die Ihnen vorliegt
must-be-at-most-100-characters = darf höchstens 100 Zeichen lang sein
must-be-a-next-cursor-of-the-same-list-and-order = muss ein next_cursor derselben Liste und Sortierung sein
named-mistake = { $field }: { $mistake }

## What went wrong this time

there-is-nothing-at-this-address = Unter dieser Adresse gibt es nichts.
this-address-does-not-take-this-method = Diese Adresse unterstützt diese Methode nicht.
send-a-token-authorization-bearer-in-development-roster-token-prints-one = Senden Sie ein Token: 'Authorization: Bearer …'. Bei der Entwicklung gibt 'roster token' eines aus.
tokens-can-t-be-verified-just-now = Tokens können derzeit nicht geprüft werden.
the-token-is-not-valid-here-or-has-expired = Das Token ist hier nicht gültig oder abgelaufen.
acting-for-others-needs-the-scope-roster-act-as = Um für andere zu handeln, ist der Scope roster:act-as nötig.
the-authorization-header-must-be-bearer-token = Der Header Authorization muss 'Bearer <token>' lauten.
send-one-authorization-header = Senden Sie genau einen Header Authorization.
the-database-can-t-be-reached-yet-try-again-in-a-moment = Die Datenbank ist noch nicht erreichbar. Versuchen Sie es gleich noch einmal.
send-the-body-as-application-json = Senden Sie den Inhalt als application/json.
the-body-may-have-64-kib-at-most = Der Inhalt darf höchstens 64 KiB groß sein.
the-body-could-not-be-read = Der Inhalt konnte nicht gelesen werden.
the-body-did-not-arrive-in-time = Der Inhalt ist nicht rechtzeitig angekommen.
the-body-must-be-a-json-object = Der Inhalt muss ein JSON-Objekt sein.
the-body-must-be-one-json-object-and-nothing-after-it = Der Inhalt muss aus genau einem JSON-Objekt bestehen, auf das nichts weiter folgt.
the-query-is-not-well-formed = Die Abfrageparameter sind nicht wohlgeformt.
this-is-a-mistake-of-roster-s-and-was-logged = Das ist ein Fehler von Roster und wurde protokolliert.
it-may-or-may-not-be-done-read-it-again-in-a-moment = Es ist nicht sicher, ob der Vorgang ausgeführt wurde. Rufen Sie den Stand gleich noch einmal ab.
memberships-can-t-be-read-or-changed-just-now-try-again-in-a-moment = Mitgliedschaften können derzeit weder gelesen noch geändert werden. Versuchen Sie es gleich noch einmal.
memberships-can-t-be-read-just-now-try-again-in-a-moment = Mitgliedschaften können derzeit nicht gelesen werden. Versuchen Sie es gleich noch einmal.
this-list-can-t-be-shown-just-now-try-again-in-a-moment = Diese Liste kann derzeit nicht angezeigt werden. Versuchen Sie es gleich noch einmal.
the-lists-are-still-being-built-try-again-in-a-moment = Die Listen werden noch aufgebaut. Versuchen Sie es gleich noch einmal.
the-lists-are-not-at-this-position-yet-try-again-in-a-moment = Die Listen haben diese Position noch nicht erreicht. Versuchen Sie es gleich noch einmal.
it-is-done-but-can-t-be-shown-just-now-read-it-again-in-a-moment = Der Vorgang ist ausgeführt, kann aber derzeit nicht angezeigt werden. Rufen Sie den Stand gleich noch einmal ab.
only-members-and-backends-with-the-scope-for-it-may-ask-about-others = Nur Mitglieder und Backends mit dem entsprechenden Scope dürfen Auskunft über andere abfragen.
this-person-is-not-a-member-of-this-organization = Diese Person ist nicht Mitglied dieser Organisation.
this-request-comes-from-another-site = Diese Anfrage kommt von einer anderen Website.
the-form-could-not-be-read = Das Formular konnte nicht gelesen werden.
this-is-not-the-name-of-the-organization-type-it-exactly-as-it-is-shown = Das ist nicht der Name der Organisation. Geben Sie ihn genau so ein, wie er angezeigt wird.
too-many-pages-are-open-close-some-or-try-again-in-a-moment = Es sind zu viele Seiten geöffnet. Schließen Sie einige, oder versuchen Sie es gleich noch einmal.
the-organization-has-changed-since-read-it-again-then-decide = Die Organisation hat sich inzwischen geändert. Lesen Sie sie neu und entscheiden Sie dann.
something-else-was-asked-under-this-key-before-take-a-new-key = Unter diesem Schlüssel wurde schon etwas anderes verlangt. Nehmen Sie einen neuen Schlüssel.
too-much-was-asked-at-once-try-again-in-a-moment = Es wurde zu viel auf einmal verlangt. Versuchen Sie es gleich noch einmal.
