## Kinds of failure, in a few words

the-request-is-not-valid = La requête n’est pas valide
sign-in-first = Connectez-vous d’abord
not-a-member = Pas membre de l’organisation
not-permitted = Non autorisé
the-invitation-is-for-somebody-else = L’invitation est destinée à quelqu’un d’autre
e-mail-address-not-verified = Adresse e-mail non vérifiée
nothing-is-here = Il n’y a rien ici
organization-not-found = Organisation introuvable
member-not-found = Membre introuvable
invitation-not-found = Invitation introuvable
method-not-allowed = Méthode non autorisée
the-request-took-too-long-to-arrive = La requête a mis trop de temps à arriver
already-founded = Déjà créée
the-owner-can-t-leave = Le propriétaire ne peut pas quitter l’organisation
the-owner-can-t-be-removed = Le propriétaire ne peut pas être retiré
already-a-member = Déjà membre
already-invited = Invitation déjà envoyée
already-the-owner = Déjà propriétaire
slug-taken = Adresse déjà prise
invitation-settled = Invitation déjà traitée
the-inviter-has-gone = La personne à l’origine de l’invitation est partie
invitation-expired = Invitation expirée
the-body-is-too-large = Le corps de la requête est trop volumineux
unsupported-media-type = Type de média non pris en charge
changed-meanwhile = Modifié entre-temps
key-used-before = Clé déjà utilisée
too-many-requests = Trop de requêtes
not-available-now = Indisponible pour le moment
something-went-wrong-here = Un problème est survenu de notre côté

## Rules that were broken

there-is-no-such-organization-or-you-are-not-a-member-of-it = Cette organisation n’existe pas, ou vous n’en êtes pas membre.
an-organization-with-this-id-exists-already = Une organisation avec cet identifiant existe déjà.
another-organization-has-this-slug = Une autre organisation a déjà cette adresse (slug).
only-the-owner-and-admins-may-do-this = Seuls le propriétaire et les admins peuvent faire cela.
only-the-owner-may-do-this = Seul le propriétaire peut faire cela.
the-role-owner-can-t-be-given-ownership-is-transferred-by-the-owner = Le rôle de propriétaire ne peut pas être attribué ; c’est le propriétaire qui transfère la propriété.
the-owner-s-role-can-t-be-changed-ownership-is-transferred-by-the-owner = Le rôle du propriétaire ne peut pas être modifié ; c’est le propriétaire qui transfère la propriété.
there-is-no-such-member-in-this-organization = Ce membre n’existe pas dans cette organisation.
the-owner-can-t-leave-transfer-ownership-to-another-member-or-delete-the-organization-first = Le propriétaire ne peut pas quitter l’organisation. Transférez d’abord la propriété à un autre membre ou supprimez l’organisation.
this-member-is-the-owner-already = Ce membre est déjà propriétaire.
this-person-is-a-member-already = Cette personne est déjà membre.
this-address-has-a-pending-invitation-already = Une invitation est déjà en attente pour cette adresse e-mail.
there-is-no-such-invitation = Cette invitation n’existe pas.
this-invitation-was-accepted-declined-or-revoked-before = Cette invitation a déjà été acceptée, refusée ou révoquée.
this-invitation-has-expired-ask-for-a-new-one = Cette invitation a expiré. Demandez-en une nouvelle.
this-invitation-is-for-another-e-mail-address = Cette invitation est destinée à une autre adresse e-mail.
your-e-mail-address-is-not-verified-by-your-identity-provider = Votre adresse e-mail n’est pas vérifiée par votre fournisseur d’identité.
whoever-invited-you-is-no-longer-a-member-ask-for-a-new-invitation = La personne à l’origine de votre invitation n’est plus membre. Demandez une nouvelle invitation.

## What a value must be; the name of the field stands before it

must-be-an-e-mail-address = doit être une adresse e-mail
must-be-a-uuid = doit être un UUID
must-be-1-to-255-printable-characters = doit comporter de 1 à 255 caractères imprimables
must-be-1-to-2048-printable-characters = doit comporter de 1 à 2048 caractères imprimables
must-not-contain-u-0000-nor-be-nested-deeper-than-32-levels = ne doit pas contenir U+0000 ni comporter plus de 32 niveaux d’imbrication
must-be-at-most-16-kib = ne doit pas dépasser 16 KiB
must-be-an-object = doit être un objet
must-be-one-of-owner-admin-member = doit être l’une des valeurs owner, admin, member
must-be-2-to-48-characters-of-a-z-0-9-and-hyphen = doit comporter de 2 à 48 caractères parmi a-z, 0-9 et le trait d’union
must-not-start-or-end-with-a-hyphen-nor-have-two-in-a-row = ne doit ni commencer ni finir par un trait d’union, ni en comporter deux de suite
must-not-look-like-an-id = ne doit pas ressembler à un identifiant
is-reserved = est une valeur réservée
must-not-contain-control-characters-or-text-direction-controls = ne doit pas contenir de caractères de contrôle ni de commandes de direction du texte
must-be-1-to-100-characters = doit comporter de 1 à 100 caractères
must-be-joined-at-or-joined-at = doit être joined_at ou -joined_at
must-be-entity-tags-in-quotes = doit être composé d’entity tags entre guillemets
must-be-a-known-permission = doit être une autorisation connue
must-be-given-once = doit figurer une seule fois
must-be-a-whole-number = doit être un nombre entier
is-missing = valeur manquante
must-be-a-whole-number-from-1-to-200 = doit être un nombre entier de 1 à 200
must-be-a-whole-number-the-last-sequence-you-have = doit être un nombre entier : le dernier numéro de séquence dont vous disposez
must-be-at-most-100-characters = doit comporter au plus 100 caractères
must-be-a-next-cursor-of-the-same-list-and-order = doit être un next_cursor de la même liste et du même ordre de tri
named-mistake = { $field } : { $mistake }

## What went wrong this time

there-is-nothing-at-this-address = Il n’y a rien à cette adresse.
this-address-does-not-take-this-method = Cette adresse n’accepte pas cette méthode.
send-a-token-authorization-bearer-in-development-roster-token-prints-one = Envoyez un jeton : 'Authorization: Bearer …'. En développement, 'roster token' en affiche un.
tokens-can-t-be-verified-just-now = Les jetons ne peuvent pas être vérifiés pour le moment.
the-token-is-not-valid-here-or-has-expired = Le jeton n’est pas valable ici, ou a expiré.
acting-for-others-needs-the-scope-roster-act-as = Pour agir au nom d’autres personnes, il faut la portée roster:act-as.
the-authorization-header-must-be-bearer-token = L’en-tête Authorization doit être 'Bearer <token>'.
send-one-authorization-header = Envoyez un seul en-tête Authorization.
the-database-can-t-be-reached-yet-try-again-in-a-moment = La base de données n’est pas encore joignable. Réessayez dans un instant.
send-the-body-as-application-json = Envoyez le corps de la requête en application/json.
the-body-may-have-64-kib-at-most = Le corps de la requête ne doit pas dépasser 64 KiB.
the-body-could-not-be-read = Le corps de la requête n’a pas pu être lu.
the-body-did-not-arrive-in-time = Le corps de la requête n’est pas arrivé à temps.
the-body-must-be-a-json-object = Le corps de la requête doit être un objet JSON.
the-body-must-be-one-json-object-and-nothing-after-it = Le corps de la requête doit être un seul objet JSON, sans rien à la suite.
the-query-is-not-well-formed = Les paramètres de la requête sont mal formés.
this-is-a-mistake-of-roster-s-and-was-logged = Il s’agit d’une erreur de Roster ; elle a été consignée.
it-may-or-may-not-be-done-read-it-again-in-a-moment = L’opération a peut-être été effectuée, ou peut-être pas. Consultez à nouveau les données dans un instant.
memberships-can-t-be-read-or-changed-just-now-try-again-in-a-moment = Les adhésions ne peuvent être ni lues ni modifiées pour le moment. Réessayez dans un instant.
memberships-can-t-be-read-just-now-try-again-in-a-moment = Les adhésions ne peuvent pas être lues pour le moment. Réessayez dans un instant.
this-list-can-t-be-shown-just-now-try-again-in-a-moment = Cette liste ne peut pas être affichée pour le moment. Réessayez dans un instant.
the-lists-are-still-being-built-try-again-in-a-moment = Les listes sont encore en cours de constitution. Réessayez dans un instant.
the-lists-are-not-at-this-position-yet-try-again-in-a-moment = Les listes n’ont pas encore atteint cette position. Réessayez dans un instant.
it-is-done-but-can-t-be-shown-just-now-read-it-again-in-a-moment = L’opération est effectuée, mais ne peut pas être affichée pour le moment. Consultez à nouveau les données dans un instant.
only-members-and-backends-with-the-scope-for-it-may-ask-about-others = Seuls les membres et les backends disposant de la portée requise peuvent se renseigner sur d’autres personnes.
this-person-is-not-a-member-of-this-organization = Cette personne n’est pas membre de cette organisation.
this-request-comes-from-another-site = Cette requête provient d’un autre site.
the-form-could-not-be-read = Le formulaire n’a pas pu être lu.
this-is-not-the-name-of-the-organization-type-it-exactly-as-it-is-shown = Ce n’est pas le nom de l’organisation. Saisissez-le exactement comme il est affiché.
too-many-pages-are-open-close-some-or-try-again-in-a-moment = Trop de pages sont ouvertes. Fermez-en quelques-unes ou réessayez dans un instant.
the-organization-has-changed-since-read-it-again-then-decide = L’organisation a changé depuis. Relisez-la, puis décidez.
something-else-was-asked-under-this-key-before-take-a-new-key = Autre chose a déjà été demandé avec cette clé. Prenez une nouvelle clé.
too-much-was-asked-at-once-try-again-in-a-moment = Trop de choses ont été demandées à la fois. Réessayez dans un instant.
