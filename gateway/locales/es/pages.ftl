## Words on every page

product = Roster
window-title = { $page } · { $organization }
skip-to-content = Ir al contenido
navigation = Organización
nav-dashboard = Panel
nav-members = Miembros
nav-history = Historial
nav-settings = Configuración
nav-organizations = Sus organizaciones
signed-in-as = Sesión iniciada como { $person }
sign-out = Cerrar sesión
language = Idioma
language-save = Cambiar idioma
role-owner = Titular
role-admin = Administrador
role-member = Miembro
cancel = Cancelar
save = Guardar
back = Volver
you = Usted
nobody-known = Persona desconocida
next-page = Página siguiente
first-page = Primera página
not-reached = No se pudo contactar con el servidor. Hasta donde sabemos, no se ha cambiado nada. Compruebe su conexión e inténtelo de nuevo.

## Signing in

sign-in = Iniciar sesión
sign-in-development = Este servidor funciona en modo de desarrollo: cualquiera que acceda a él puede iniciar sesión como cualquier persona. Elija una persona o escriba una.
sign-in-people = Personas conocidas aquí
sign-in-somebody = Otra persona
sign-in-user-id = ID de usuario
sign-in-user-id-hint = El ID que un proveedor de identidad daría a esta persona, por ejemplo, ana.
sign-in-name = Nombre
sign-in-email = Correo electrónico
optional = opcional
sign-in-elsewhere = La sesión se inicia con el proveedor de identidad de su organización. Después volverá aquí.
sign-in-elsewhere-go = Ir al inicio de sesión
sign-in-unset = La sesión se inicia en la aplicación desde la que llegó aquí. Vuelva a ella, inicie sesión y abra esta página de nuevo.

## Organizations of a person

select-title = Sus organizaciones
select-none = Aún no es miembro de ninguna organización.
select-invitations = Sus invitaciones
select-invitation = Invitación a { $organization }
select-found = Crear una organización
invitation-role = Rol: { $role }
joined-on = Miembro desde el { $date }

## Onboarding

onboarding-title = Crear su organización
onboarding-first = Aún no pertenece a ninguna organización. Cree una o abra una invitación que haya recibido.
onboarding-another = La titularidad de la nueva organización será suya.
organization-name = Nombre
organization-slug = Dirección
organization-slug-hint = De 2 a 48 caracteres: a-z, 0-9 y guiones. Forma parte de todos los enlaces a la organización.
found = Crear organización

## Dashboard

dashboard-members = { $number ->
    [one] { $number } miembro
    [many] { $number } de miembros
   *[other] { $number } miembros
  }
dashboard-your-role = Su rol
dashboard-latest = Últimos cambios
dashboard-none = Aquí aún no ha ocurrido nada.
change-founded = { $actor } creó la organización
change-renamed = { $actor } cambió el nombre de la organización a { $name }
change-slug = { $actor } cambió la dirección a { $slug }
change-profile = { $actor } cambió el perfil
change-invited = { $actor } invitó a alguien con el rol de { $role ->
    [admin] administrador
   *[member] miembro
  }
change-invitation-extended = { $actor } prorrogó una invitación
change-invitation-revoked = { $actor } retiró una invitación
change-invitation-declined = { $actor } rechazó una invitación
change-invitation-accepted = { $actor } aceptó una invitación
change-joined = { $person } se unió con el rol de { $role ->
    [owner] titular
    [admin] administrador
   *[member] miembro
  }
change-role = { $actor } asignó a { $person } el rol de { $role ->
    [admin] administrador
   *[member] miembro
  }
change-transferred = { $actor } transfirió la titularidad a { $person }
change-left = { $person } salió de la organización
change-removed = { $actor } quitó a { $person }
change-deleted = { $actor } eliminó la organización

## Members

members-title = Miembros
members-search = Buscar por nombre o correo
members-search-go = Buscar
members-role = Rol
members-role-any = Todos los roles
members-none = Ningún miembro coincide con esta búsqueda.
members-shown = { $number ->
    [one] { $number } miembro
    [many] { $number } de miembros
   *[other] { $number } miembros
  }
members-change-role = Cambiar rol
members-role-of = Rol de { $person }
members-remove = Quitar
members-remove-person = Quitar a { $person }

## Invitations, as owner and admins see them

invite-title = Invitar a alguien
invite-email = Correo electrónico
invite-role = Rol
invite = Invitar
invitations-pending = Invitaciones pendientes
invitations-pending-none = No hay invitaciones pendientes.
invitation-link = Enlace para enviar
invitation-expires = Válida hasta el { $date }
invitation-expired-on = Caducó el { $date }
invitation-again = Prorrogar
invitation-again-for = Prorrogar la invitación de { $email }
invitation-revoke = Retirar
invitation-revoke-for = Retirar la invitación de { $email }

## An invitation, as the person invited sees it

invitation-title = Unirse a { $organization }
invitation-from = { $person } le invita a { $organization } con el rol de { $role ->
    [admin] administrador
   *[member] miembro
  }.
invitation-until = Puede aceptar hasta el { $date }.
invitation-account = Acepta como { $person }.
invitation-accept = Aceptar y unirse
invitation-decline = Rechazar
invitation-over = Esta invitación ya no se puede aceptar.

## Leaving

leave-option = Salir de la organización
leave-title = Salir de { $organization }
leave-ends = Su acceso a todo el contenido de { $organization } termina de inmediato, en todos los dispositivos.
leave-return = Para volver, necesitará una nueva invitación del titular o de un administrador.
leave-own-decision = Es una decisión propia; nadie le está retirando.
leave-account = Cuenta
leave-role = Rol
leave-confirm = Salir de { $organization }

## History, as the owner, admins and auditors see it

history-title = Historial
history-over-time = Miembros a lo largo del tiempo
history-movements = Altas y bajas
history-members-told = Del { $from } al { $to }. Miembros como máximo: { $most }. Ahora: { $now }.
history-movements-told = Del { $from } al { $to }. Altas: { $joined }. Salidas: { $left }. Expulsiones: { $removed }.
history-up = Altas: barras rellenas, hacia arriba
history-down = Salidas o expulsiones: barras huecas, hacia abajo
history-numbers = Los mismos números en una tabla
history-by-day = Miembros por día (UTC)
history-by-week = Miembros por semana a partir del lunes (UTC)
history-by-month = Miembros por mes (UTC)
history-day = Día
history-week = Semana del
history-month = Mes
history-joined = Altas
history-left = Salidas
history-removed = Expulsiones
history-members = Miembros
history-as-of-title = Miembros en una fecha
history-as-of = Qué día
history-as-of-hint = La situación al final del día en UTC; para hoy, la situación actual.
history-as-of-go = Mostrar
history-then-day = Al final del { $date } (UTC)
history-then-moment = El { $moment }
history-then-nobody = La organización aún no se había creado.
history-since = Miembro desde el { $moment }, por { $actor }
history-role-since = { $role } desde el { $moment }, por { $actor }
history-events = Qué ha ocurrido
history-actor = Registrado como { $actor }
history-reason = Motivo: { $reason }
history-happened = Ocurrió el { $moment } y se registró aquí después
history-older = Eventos anteriores
history-newest = Eventos más recientes

## Settings

settings-title = Configuración
settings-profile = Perfil
settings-slug-note = Los enlaces con la dirección anterior dejarán de funcionar y otra persona podrá usarla.
settings-id = ID de la organización
danger-title = Zona de peligro
danger-leave = Salir de esta organización
danger-leave-note = Su acceso termina de inmediato. Para volver, necesitará una nueva invitación.
danger-owner-why = La titularidad es suya, por lo que no puede salir: una organización siempre tiene exactamente un titular. Hay dos formas de retirarse.
danger-transfer = Transferir la titularidad
danger-transfer-note = La titularidad pasa a otro miembro y usted recibe el rol de administrador. Después podrá salir.
danger-delete = Eliminar la organización
danger-delete-note = Todas las membresías terminan de inmediato, también la suya. Esta acción no se puede deshacer.

## Confirmations

remove-title = Quitar a { $person }
remove-ends = El acceso de { $person } a todo el contenido de { $organization } termina de inmediato.
remove-return = Para volver, esa persona necesitará una nueva invitación.
remove-confirm = Quitar a { $person }
transfer-title = Transferir la titularidad
transfer-choose = ¿Quién asume la titularidad de { $organization }?
transfer-nobody = Aún no hay nadie más aquí. Invite primero a alguien.
transfer-person-title = Transferir la titularidad a { $person }
transfer-ends = La titularidad de { $organization } pasa de inmediato a { $person }. Usted recibe el rol de administrador y no podrá deshacerlo por su cuenta.
transfer-confirm = Transferir la titularidad a { $person }
delete-title = Eliminar { $organization }
delete-ends = Todas las membresías de { $organization } terminan de inmediato, también la suya. Nadie podrá volver a abrir la organización y esta acción no se puede deshacer.
delete-confirm = Eliminar { $organization }
type-the-name = Escriba el nombre de la organización para confirmar:

## Notices: one sentence at the top of the page that comes next

notice-left = Ha salido de { $organization }
notice-founded = La organización { $organization } se ha creado. La titularidad es suya.
notice-joined = Le damos la bienvenida a { $organization }
notice-declined = La invitación a { $organization } se ha rechazado.
notice-invited = La invitación está lista. Envíe el enlace a la persona invitada.
notice-extended = La validez de la invitación se ha prorrogado.
notice-revoked = La invitación se ha retirado.
notice-role-changed = El rol se ha cambiado.
notice-removed = { $person } ya no es miembro.
notice-transferred = La titularidad es ahora de { $person } y usted tiene el rol de administrador.
notice-deleted = La organización { $organization } se ha eliminado.
notice-saved = Los cambios se han guardado.
notice-not-there = Esa organización no existe o usted no es miembro de ella.
notice-signed-out = La sesión se ha cerrado.

## When something fails

problem-again = Intentar de nuevo
problem-home = Ir a sus organizaciones
