## Words on every page

product = Roster
window-title = { $page } · { $organization }
skip-to-content = Zum Inhalt springen
navigation = Organisation
nav-dashboard = Übersicht
nav-members = Mitglieder
nav-history = Verlauf
nav-settings = Einstellungen
nav-organizations = Ihre Organisationen
signed-in-as = Angemeldet als { $person }
sign-out = Abmelden
language = Sprache
language-save = Sprache ändern
role-owner = Inhaber
role-admin = Admin
role-member = Mitglied
cancel = Abbrechen
save = Speichern
back = Zurück
you = Sie
nobody-known = Unbekannte Person
next-page = Nächste Seite
first-page = Erste Seite
not-reached = Der Server war nicht erreichbar. Soweit bekannt, wurde nichts geändert. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.

## Signing in

sign-in = Anmelden
sign-in-development = Dieser Server läuft zur Entwicklung: Wer ihn erreicht, kann sich als beliebige Person anmelden. Wählen Sie eine Person aus oder geben Sie eine ein.
sign-in-people = Hier bekannte Personen
sign-in-somebody = Andere Person
sign-in-user-id = Benutzer-ID
sign-in-user-id-hint = Die ID, die ein Identitätsanbieter dieser Person geben würde, zum Beispiel ana.
sign-in-name = Name
sign-in-email = E-Mail-Adresse
optional = optional
sign-in-elsewhere = Sie melden sich beim Identitätsanbieter Ihrer Organisation an. Danach kehren Sie hierher zurück.
sign-in-elsewhere-go = Zur Anmeldung
sign-in-unset = Sie melden sich in der Anwendung an, über die Sie hierher gekommen sind. Kehren Sie dorthin zurück, melden Sie sich an und öffnen Sie diese Seite erneut.

## Organizations of a person

select-title = Ihre Organisationen
select-none = Sie sind noch in keiner Organisation Mitglied.
select-invitations = Einladungen für Sie
select-invitation = Einladung zu { $organization }
select-found = Organisation gründen
invitation-role = Als { $role }
joined-on = Mitglied seit { $date }

## Onboarding

onboarding-title = Ihre Organisation gründen
onboarding-first = Sie gehören noch keiner Organisation an. Gründen Sie eine oder öffnen Sie eine Einladung, die Sie erhalten haben.
onboarding-another = Die Inhaberschaft der neuen Organisation liegt dann bei Ihnen.
organization-name = Name
organization-slug = Adresse
organization-slug-hint = 2 bis 48 Zeichen: a bis z, 0 bis 9 und Bindestriche. Sie ist Teil jedes Links zur Organisation.
found = Organisation gründen

## Dashboard

dashboard-members = { $number ->
    [one] { $number } Mitglied
   *[other] { $number } Mitglieder
  }
dashboard-your-role = Ihre Rolle
dashboard-latest = Letzte Änderungen
dashboard-none = Hier ist noch nichts geschehen.
change-founded = { $actor } hat die Organisation gegründet
change-renamed = { $actor } hat die Organisation in { $name } umbenannt
change-slug = { $actor } hat die Adresse in { $slug } geändert
change-profile = { $actor } hat das Profil geändert
change-invited = { $actor } hat jemanden als { $role ->
    [admin] Admin
   *[member] Mitglied
  } eingeladen
change-invitation-extended = { $actor } hat eine Einladung verlängert
change-invitation-revoked = { $actor } hat eine Einladung zurückgezogen
change-invitation-declined = { $actor } hat eine Einladung abgelehnt
change-invitation-accepted = { $actor } hat eine Einladung angenommen
change-joined = { $person } ist { $role ->
    [owner] mit der Rolle Inhaber
    [admin] als Admin
   *[member] als Mitglied
  } beigetreten
change-role = { $actor } hat die Rolle von { $person } auf { $role ->
    [admin] Admin
   *[member] Mitglied
  } gesetzt
change-transferred = { $actor } hat die Inhaberschaft an { $person } übertragen
change-left = { $person } hat die Organisation verlassen
change-removed = { $actor } hat { $person } entfernt
change-deleted = { $actor } hat die Organisation gelöscht

## Members

members-title = Mitglieder
members-search = Nach Name oder E-Mail-Adresse suchen
members-search-go = Suchen
members-role = Rolle
members-role-any = Alle Rollen
members-none = Kein Mitglied entspricht dieser Suche.
members-shown = { $number ->
    [one] { $number } Mitglied
   *[other] { $number } Mitglieder
  }
members-change-role = Rolle ändern
members-role-of = Rolle von { $person }
members-remove = Entfernen
members-remove-person = { $person } entfernen

## Invitations, as owner and admins see them

invite-title = Jemanden einladen
invite-email = E-Mail-Adresse
invite-role = Rolle
invite = Einladen
invitations-pending = Offene Einladungen
invitations-pending-none = Es gibt keine offenen Einladungen.
invitation-link = Link zum Versenden
invitation-expires = Gültig bis { $date }
invitation-expired-on = Abgelaufen am { $date }
invitation-again = Verlängern
invitation-again-for = Einladung von { $email } verlängern
invitation-revoke = Zurückziehen
invitation-revoke-for = Einladung von { $email } zurückziehen

## An invitation, as the person invited sees it

invitation-title = { $organization } beitreten
invitation-from = { $person } hat Sie als { $role ->
    [admin] Admin
   *[member] Mitglied
  } zu { $organization } eingeladen.
invitation-until = Sie können die Einladung bis { $date } annehmen.
invitation-account = Sie nehmen als { $person } an.
invitation-accept = Annehmen und beitreten
invitation-decline = Ablehnen
invitation-over = Diese Einladung kann nicht mehr angenommen werden.

## Leaving

leave-option = Organisation verlassen
leave-title = { $organization } verlassen
leave-ends = Ihr Zugriff auf alles in { $organization } endet sofort, auf jedem Gerät.
leave-return = Um zurückzukehren, brauchen Sie eine neue Einladung vom Inhaber oder von einem Admin.
leave-own-decision = Das ist Ihre eigene Entscheidung; niemand entfernt Sie.
leave-account = Konto
leave-role = Rolle
leave-confirm = { $organization } verlassen

## History, as the owner, admins and auditors see it

history-title = Verlauf
history-over-time = Mitglieder im Lauf der Zeit
history-movements = Beitritte und Abgänge
history-members-told = Vom { $from } bis zum { $to }. Mitglieder höchstens: { $most }. Jetzt: { $now }.
history-movements-told = Vom { $from } bis zum { $to }. Beigetreten: { $joined }. Ausgetreten: { $left }. Entfernt: { $removed }.
history-up = Beigetreten: gefüllt, nach oben
history-down = Ausgetreten oder entfernt: umrandet, nach unten
history-numbers = Dieselben Zahlen als Tabelle
history-by-day = Mitglieder nach Tagen (UTC)
history-by-week = Mitglieder nach Wochen ab Montag (UTC)
history-by-month = Mitglieder nach Monaten (UTC)
history-day = Tag
history-week = Woche ab
history-month = Monat
history-joined = Beigetreten
history-left = Ausgetreten
history-removed = Entfernt
history-members = Mitglieder
history-as-of-title = Mitglieder an einem Tag
history-as-of = Welcher Tag
history-as-of-hint = Der Stand am Ende des Tages in UTC; für heute der jetzige Stand.
history-as-of-go = Anzeigen
history-then-day = Am Ende des { $date } (UTC)
history-then-moment = Am { $moment }
history-then-nobody = Die Organisation war noch nicht gegründet.
history-since = Mitglied seit { $moment }, durch { $actor }
history-role-since = { $role } seit { $moment }, durch { $actor }
history-events = Was geschehen ist
history-actor = Verzeichnet als { $actor }
history-reason = Grund: { $reason }
history-happened = Geschehen am { $moment } und später hier verzeichnet
history-older = Ältere Ereignisse
history-newest = Neueste Ereignisse

## Settings

settings-title = Einstellungen
settings-profile = Profil
settings-slug-note = Links mit der bisherigen Adresse funktionieren dann nicht mehr, und andere können diese Adresse übernehmen.
settings-id = Organisations-ID
danger-title = Gefahrenbereich
danger-leave = Diese Organisation verlassen
danger-leave-note = Ihr Zugriff endet sofort. Um zurückzukehren, brauchen Sie eine neue Einladung.
danger-owner-why = Die Inhaberschaft liegt bei Ihnen, daher können Sie die Organisation nicht verlassen: Eine Organisation hat immer genau einen Inhaber. Sie können sich auf zwei Wegen zurückziehen.
danger-transfer = Inhaberschaft übertragen
danger-transfer-note = Die Inhaberschaft geht an ein anderes Mitglied, und Sie werden Admin. Danach können Sie die Organisation verlassen.
danger-delete = Organisation löschen
danger-delete-note = Alle Mitgliedschaften enden sofort, auch Ihre eigene. Das kann nicht rückgängig gemacht werden.

## Confirmations

remove-title = { $person } entfernen
remove-ends = Der Zugriff von { $person } auf alles in { $organization } endet sofort.
remove-return = Für eine Rückkehr ist eine neue Einladung nötig.
remove-confirm = { $person } entfernen
transfer-title = Inhaberschaft übertragen
transfer-choose = Wer soll die Inhaberschaft von { $organization } übernehmen?
transfer-nobody = Hier gibt es noch niemanden außer Ihnen. Laden Sie zuerst jemanden ein.
transfer-person-title = Inhaberschaft an { $person } übertragen
transfer-ends = Die Inhaberschaft von { $organization } geht sofort an { $person }. Sie werden Admin und können das nicht selbst rückgängig machen.
transfer-confirm = Inhaberschaft an { $person } übertragen
delete-title = { $organization } löschen
delete-ends = Alle Mitgliedschaften in { $organization } enden sofort, auch Ihre eigene. Niemand kann die Organisation mehr öffnen, und das kann nicht rückgängig gemacht werden.
delete-confirm = { $organization } löschen
type-the-name = Geben Sie zur Bestätigung den Namen der Organisation ein:

## Notices: one sentence at the top of the page that comes next

notice-left = Sie haben { $organization } verlassen
notice-founded = { $organization } wurde gegründet. Die Inhaberschaft liegt bei Ihnen.
notice-joined = Willkommen bei { $organization }
notice-declined = Die Einladung zu { $organization } wurde abgelehnt.
notice-invited = Die Einladung ist bereit. Senden Sie den Link an die eingeladene Person.
notice-extended = Die Einladung ist jetzt länger gültig.
notice-revoked = Die Einladung wurde zurückgezogen.
notice-role-changed = Die Rolle wurde geändert.
notice-removed = { $person } ist nicht mehr Mitglied.
notice-transferred = Die Inhaberschaft liegt jetzt bei { $person }, und Sie sind Admin.
notice-deleted = { $organization } wurde gelöscht.
notice-saved = Die Änderungen wurden gespeichert.
notice-not-there = Diese Organisation gibt es nicht, oder Sie sind dort nicht Mitglied.
notice-signed-out = Sie sind abgemeldet.

## When something fails

problem-again = Erneut versuchen
problem-home = Zu Ihren Organisationen
