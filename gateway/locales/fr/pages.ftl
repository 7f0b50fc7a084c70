## Words on every page

product = Roster
window-title = { $page } · { $organization }
skip-to-content = Aller au contenu
navigation = Organisation
nav-dashboard = Tableau de bord
nav-members = Membres
nav-history = Historique
nav-settings = Paramètres
nav-organizations = Vos organisations
signed-in-as = Session ouverte en tant que { $person }
sign-out = Se déconnecter
language = Langue
language-save = Changer de langue
role-owner = Propriétaire
role-admin = Admin
role-member = Membre
cancel = Annuler
save = Enregistrer
back = Retour
you = Vous
nobody-known = Personne inconnue
next-page = Page suivante
first-page = Première page
not-reached = Le serveur n’a pas pu être joint. À notre connaissance, rien n’a été modifié. Vérifiez votre connexion et réessayez.

## Signing in

sign-in = Se connecter
sign-in-development = Ce serveur fonctionne en mode développement : toute personne qui y accède peut se connecter sous n’importe quelle identité. Choisissez une personne ou saisissez-en une.
sign-in-people = Personnes connues ici
sign-in-somebody = Une autre personne
sign-in-user-id = Identifiant utilisateur
sign-in-user-id-hint = L’identifiant qu’un fournisseur d’identité donnerait à cette personne, par exemple ana.
sign-in-name = Nom
sign-in-email = Adresse e-mail
optional = facultatif
sign-in-elsewhere = La connexion se fait auprès du fournisseur d’identité de votre organisation. Vous reviendrez ici ensuite.
sign-in-elsewhere-go = Aller à la connexion
sign-in-unset = La connexion se fait dans l’application qui vous a dirigé ici. Retournez-y, connectez-vous, puis ouvrez de nouveau cette page.

## Organizations of a person

select-title = Vos organisations
select-none = Vous n’êtes encore membre d’aucune organisation.
select-invitations = Vos invitations
select-invitation = Invitation à rejoindre { $organization }
select-found = Créer une organisation
invitation-role = Rôle : { $role }
joined-on = Membre depuis le { $date }

## Onboarding

onboarding-title = Créer votre organisation
onboarding-first = Vous n’appartenez encore à aucune organisation. Créez-en une ou ouvrez une invitation que vous avez reçue.
onboarding-another = Vous serez propriétaire de la nouvelle organisation.
organization-name = Nom
organization-slug = Adresse
organization-slug-hint = De 2 à 48 caractères : a à z, 0 à 9 et traits d’union. Elle figure dans chaque lien vers l’organisation.
found = Créer l’organisation

## Dashboard

dashboard-members = { $number ->
    [one] { $number } membre
    [many] { $number } de membres
   *[other] { $number } membres
  }
dashboard-your-role = Votre rôle
dashboard-latest = Dernières modifications
dashboard-none = Il ne s’est encore rien passé ici.
change-founded = { $actor } a créé l’organisation
change-renamed = { $actor } a renommé l’organisation en { $name }
change-slug = { $actor } a remplacé l’adresse par { $slug }
change-profile = { $actor } a modifié le profil
change-invited = { $actor } a invité quelqu’un comme { $role ->
    [admin] admin
   *[member] membre
  }
change-invitation-extended = { $actor } a prolongé une invitation
change-invitation-revoked = { $actor } a révoqué une invitation
change-invitation-declined = { $actor } a refusé une invitation
change-invitation-accepted = { $actor } a accepté une invitation
change-joined = { $person } a rejoint l’organisation comme { $role ->
    [owner] propriétaire
    [admin] admin
   *[member] membre
  }
change-role = { $actor } a donné à { $person } le rôle { $role ->
    [admin] d’admin
   *[member] de membre
  }
change-transferred = { $actor } a transféré la propriété à { $person }
change-left = { $person } a quitté l’organisation
change-removed = { $actor } a retiré { $person }
change-deleted = { $actor } a supprimé l’organisation

## Members

members-title = Membres
members-search = Rechercher par nom ou e-mail
members-search-go = Rechercher
members-role = Rôle
members-role-any = Tous les rôles
members-none = Aucun membre ne correspond à cette recherche.
members-shown = { $number ->
    [one] { $number } membre
    [many] { $number } de membres
   *[other] { $number } membres
  }
members-change-role = Changer le rôle
members-role-of = Rôle de { $person }
members-remove = Retirer
members-remove-person = Retirer { $person }

## Invitations, as owner and admins see them

invite-title = Inviter quelqu’un
invite-email = Adresse e-mail
invite-role = Rôle
invite = Inviter
invitations-pending = Invitations en attente
invitations-pending-none = Aucune invitation en attente.
invitation-link = Lien à envoyer
invitation-expires = Valable jusqu’au { $date }
invitation-expired-on = Expirée le { $date }
invitation-again = Prolonger
invitation-again-for = Prolonger l’invitation de { $email }
invitation-revoke = Révoquer
invitation-revoke-for = Révoquer l’invitation de { $email }

## An invitation, as the person invited sees it

invitation-title = Rejoindre { $organization }
invitation-from = { $person } vous invite à rejoindre { $organization } comme { $role ->
    [admin] admin
   *[member] membre
  }.
invitation-until = Vous pouvez accepter jusqu’au { $date }.
invitation-account = Vous acceptez en tant que { $person }.
invitation-accept = Accepter et rejoindre
invitation-decline = Refuser
invitation-over = Cette invitation ne peut plus être acceptée.

## Leaving

leave-option = Quitter l’organisation
leave-title = Quitter { $organization }
leave-ends = Votre accès à tout ce que contient { $organization } prend fin immédiatement, sur tous vos appareils.
leave-return = Pour revenir, il vous faudra une nouvelle invitation du propriétaire ou d’un admin.
leave-own-decision = C’est votre propre décision, et non une exclusion par quelqu’un d’autre.
leave-account = Compte
leave-role = Rôle
leave-confirm = Quitter { $organization }

## History, as the owner, admins and auditors see it

history-title = Historique
history-over-time = Membres au fil du temps
history-movements = Arrivées et départs
history-members-told = Du { $from } au { $to }. Membres au maximum : { $most }. Actuellement : { $now }.
history-movements-told = Du { $from } au { $to }. Arrivées : { $joined }. Départs : { $left }. Retraits : { $removed }.
history-up = Arrivées : barres pleines, vers le haut
history-down = Départs ou retraits : barres vides, vers le bas
history-numbers = Les mêmes chiffres sous forme de tableau
history-by-day = Membres par jour (UTC)
history-by-week = Membres par semaine à partir du lundi (UTC)
history-by-month = Membres par mois (UTC)
history-day = Jour
history-week = Semaine du
history-month = Mois
history-joined = Arrivées
history-left = Départs
history-removed = Retraits
history-members = Membres
history-as-of-title = Membres à une date donnée
history-as-of = Quel jour
history-as-of-hint = La situation à la fin de la journée en UTC ; pour aujourd’hui, la situation actuelle.
history-as-of-go = Afficher
history-then-day = À la fin du { $date } (UTC)
history-then-moment = Le { $moment }
history-then-nobody = L’organisation n’était pas encore créée.
history-since = Membre depuis le { $moment }, par { $actor }
history-role-since = { $role } depuis le { $moment }, par { $actor }
history-events = Ce qui s’est passé
history-actor = Enregistré comme { $actor }
history-reason = Motif : { $reason }
history-happened = Survenu le { $moment }, puis enregistré ici
history-older = Événements plus anciens
history-newest = Événements les plus récents

## Settings

settings-title = Paramètres
settings-profile = Profil
settings-slug-note = Les liens contenant l’ancienne adresse cesseront de fonctionner, et quelqu’un d’autre pourra la prendre.
settings-id = Identifiant de l’organisation
danger-title = Zone de danger
danger-leave = Quitter cette organisation
danger-leave-note = Votre accès prend fin immédiatement. Pour revenir, il vous faudra une nouvelle invitation.
danger-owner-why = Vous êtes propriétaire et ne pouvez donc pas quitter l’organisation : une organisation a toujours un seul et unique propriétaire. Deux possibilités s’offrent à vous pour vous retirer.
danger-transfer = Transférer la propriété
danger-transfer-note = Un autre membre devient propriétaire et vous devenez admin. Vous pourrez ensuite quitter l’organisation.
danger-delete = Supprimer l’organisation
danger-delete-note = Toutes les adhésions prennent fin immédiatement, y compris la vôtre. Cette action est irréversible.

## Confirmations

remove-title = Retirer { $person }
remove-ends = L’accès de { $person } à tout ce que contient { $organization } prend fin immédiatement.
remove-return = Une nouvelle invitation sera nécessaire pour revenir.
remove-confirm = Retirer { $person }
transfer-title = Transférer la propriété
transfer-choose = Qui devient propriétaire de { $organization } ?
transfer-nobody = Il n’y a encore personne d’autre ici. Invitez d’abord quelqu’un.
transfer-person-title = Transférer la propriété à { $person }
transfer-ends = { $person } devient immédiatement propriétaire de { $organization }. Vous devenez admin et ne pourrez pas revenir vous-même sur ce transfert.
transfer-confirm = Transférer la propriété à { $person }
delete-title = Supprimer { $organization }
delete-ends = Toutes les adhésions à { $organization } prennent fin immédiatement, y compris la vôtre. Plus personne ne pourra ouvrir l’organisation, et cette action est irréversible.
delete-confirm = Supprimer { $organization }
type-the-name = Pour confirmer, saisissez le nom de l’organisation :

## Notices: one sentence at the top of the page that comes next

notice-left = Vous avez quitté { $organization }
notice-founded = L’organisation { $organization } a été créée. Vous en êtes propriétaire.
notice-joined = Bienvenue dans { $organization }
notice-declined = L’invitation à rejoindre { $organization } a été refusée.
notice-invited = L’invitation est prête. Envoyez le lien à la personne invitée.
notice-extended = La durée de validité de l’invitation a été prolongée.
notice-revoked = L’invitation a été révoquée.
notice-role-changed = Le rôle a été modifié.
notice-removed = { $person } ne fait plus partie des membres.
notice-transferred = { $person } est désormais propriétaire, et vous êtes admin.
notice-deleted = L’organisation { $organization } a été supprimée.
notice-saved = Les modifications ont été enregistrées.
notice-not-there = Cette organisation n’existe pas, ou vous n’en êtes pas membre.
notice-signed-out = Votre session est fermée.

## When something fails

problem-again = Réessayer
problem-home = Aller à vos organisations
