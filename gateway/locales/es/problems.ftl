## Kinds of failure, in a few words

the-request-is-not-valid = La solicitud no es válida
sign-in-first = Inicie sesión primero
not-a-member = No es miembro
not-permitted = No permitido
the-invitation-is-for-somebody-else = La invitación es para otra persona
e-mail-address-not-verified = Correo electrónico no verificado
nothing-is-here = Aquí no hay nada
organization-not-found = Organización no encontrada
member-not-found = Miembro no encontrado
invitation-not-found = Invitación no encontrada
method-not-allowed = Método no permitido
the-request-took-too-long-to-arrive = La solicitud tardó demasiado en llegar
already-founded = Ya creada
the-owner-can-t-leave = El titular no puede salir
the-owner-can-t-be-removed = No se puede quitar al titular
already-a-member = Ya es miembro
already-invited = Ya hay una invitación
already-the-owner = Ya es titular
slug-taken = Dirección ya en uso
invitation-settled = Invitación ya resuelta
the-inviter-has-gone = Quien envió la invitación ya no está
invitation-expired = Invitación caducada
the-body-is-too-large = El cuerpo de la solicitud es demasiado grande
unsupported-media-type = Tipo de contenido no admitido
changed-meanwhile = Cambiado entretanto
key-used-before = Clave ya utilizada
too-many-requests = Demasiadas solicitudes
not-available-now = No disponible en este momento
something-went-wrong-here = Algo ha fallado aquí

## Rules that were broken

there-is-no-such-organization-or-you-are-not-a-member-of-it = Esa organización no existe o usted no es miembro de ella.
an-organization-with-this-id-exists-already = Ya existe una organización con este ID.
another-organization-has-this-slug = Otra organización ya tiene esta dirección (slug).
only-the-owner-and-admins-may-do-this = Solo el titular y los administradores pueden hacer esto.
only-the-owner-may-do-this = Solo el titular puede hacer esto.
the-role-owner-can-t-be-given-ownership-is-transferred-by-the-owner = El rol de titular no se puede asignar; es el titular quien transfiere la titularidad.
the-owner-s-role-can-t-be-changed-ownership-is-transferred-by-the-owner = El rol del titular no se puede cambiar; es el titular quien transfiere la titularidad.
there-is-no-such-member-in-this-organization = Ese miembro no existe en esta organización.
the-owner-can-t-leave-transfer-ownership-to-another-member-or-delete-the-organization-first = El titular no puede salir. Transfiera antes la titularidad a otro miembro o elimine la organización.
this-member-is-the-owner-already = Este miembro ya es titular.
this-person-is-a-member-already = Esta persona ya es miembro.
this-address-has-a-pending-invitation-already = Ya hay una invitación pendiente para este correo electrónico.
there-is-no-such-invitation = Esa invitación no existe.
this-invitation-was-accepted-declined-or-revoked-before = Esta invitación ya se aceptó, se rechazó o se retiró.
this-invitation-has-expired-ask-for-a-new-one = Esta invitación ha caducado. Solicite una nueva.
this-invitation-is-for-another-e-mail-address = Esta invitación es para otro correo electrónico.
your-e-mail-address-is-not-verified-by-your-identity-provider = Su proveedor de identidad no ha verificado su correo electrónico.
whoever-invited-you-is-no-longer-a-member-ask-for-a-new-invitation = Quien le invitó ya no es miembro. Solicite una nueva invitación.

## What a value must be; the name of the field stands before it

must-be-an-e-mail-address = debe ser una dirección de correo electrónico
must-be-a-uuid = debe ser un UUID
must-be-1-to-255-printable-characters = debe tener de 1 a 255 caracteres imprimibles
must-be-1-to-2048-printable-characters = debe tener de 1 a 2048 caracteres imprimibles
must-not-contain-u-0000-nor-be-nested-deeper-than-32-levels = no debe contener U+0000 ni tener más de 32 niveles de anidamiento
must-be-at-most-16-kib = debe ocupar como máximo 16 KiB
must-be-an-object = debe ser un objeto
must-be-one-of-owner-admin-member = debe ser uno de estos valores: owner, admin, member
must-be-2-to-48-characters-of-a-z-0-9-and-hyphen = debe tener de 2 a 48 caracteres: a-z, 0-9 y guion
must-not-start-or-end-with-a-hyphen-nor-have-two-in-a-row = no debe empezar ni terminar con un guion, ni tener dos seguidos
must-not-look-like-an-id = no debe parecer un ID
is-reserved = está reservado
must-not-contain-control-characters-or-text-direction-controls = no debe contener caracteres de control ni controles de dirección del texto
must-be-1-to-100-characters = debe tener de 1 a 100 caracteres
must-be-joined-at-or-joined-at = debe ser joined_at o -joined_at
must-be-entity-tags-in-quotes = debe consistir en etiquetas de entidad entre comillas
must-be-a-known-permission = debe ser un permiso conocido
must-be-given-once = debe indicarse una sola vez
must-be-a-whole-number = debe ser un número entero
is-missing = falta este valor
must-be-a-whole-number-from-1-to-200 = debe ser un número entero de 1 a 200
must-be-a-whole-number-the-last-sequence-you-have = debe ser un número entero: el último número de secuencia que tenga
must-be-at-most-100-characters = debe tener como máximo 100 caracteres
must-be-a-next-cursor-of-the-same-list-and-order = debe ser un next_cursor de la misma lista y el mismo orden
named-mistake = { $field }: { $mistake }

## What went wrong this time

there-is-nothing-at-this-address = No hay nada en esta dirección.
this-address-does-not-take-this-method = Esta dirección no admite este método.
send-a-token-authorization-bearer-in-development-roster-token-prints-one = Envíe un token: 'Authorization: Bearer …'. En desarrollo, 'roster token' muestra uno.
tokens-can-t-be-verified-just-now = En este momento no se pueden verificar los tokens.
the-token-is-not-valid-here-or-has-expired = El token no es válido aquí o ha caducado.
acting-for-others-needs-the-scope-roster-act-as = Para actuar en nombre de otras personas se necesita el ámbito roster:act-as.
the-authorization-header-must-be-bearer-token = El encabezado Authorization debe ser 'Bearer <token>'.
send-one-authorization-header = Envíe un solo encabezado Authorization.
the-database-can-t-be-reached-yet-try-again-in-a-moment = Aún no se puede acceder a la base de datos. Inténtelo de nuevo en un momento.
send-the-body-as-application-json = Envíe el cuerpo de la solicitud como application/json.
the-body-may-have-64-kib-at-most = El cuerpo de la solicitud puede ocupar como máximo 64 KiB.
the-body-could-not-be-read = No se pudo leer el cuerpo de la solicitud.
the-body-did-not-arrive-in-time = El cuerpo de la solicitud no llegó a tiempo.
the-body-must-be-a-json-object = El cuerpo de la solicitud debe ser un objeto JSON.
the-body-must-be-one-json-object-and-nothing-after-it = El cuerpo de la solicitud debe ser un solo objeto JSON, sin nada a continuación.
the-query-is-not-well-formed = Los parámetros de consulta no están bien formados.
this-is-a-mistake-of-roster-s-and-was-logged = Es un error de Roster y ha quedado registrado.
it-may-or-may-not-be-done-read-it-again-in-a-moment = Puede que la operación se haya realizado o puede que no. Vuelva a consultarlo en un momento.
memberships-can-t-be-read-or-changed-just-now-try-again-in-a-moment = En este momento no se pueden leer ni cambiar las membresías. Inténtelo de nuevo en un momento.
memberships-can-t-be-read-just-now-try-again-in-a-moment = En este momento no se pueden leer las membresías. Inténtelo de nuevo en un momento.
this-list-can-t-be-shown-just-now-try-again-in-a-moment = En este momento no se puede mostrar esta lista. Inténtelo de nuevo en un momento.
the-lists-are-still-being-built-try-again-in-a-moment = Las listas aún se están generando. Inténtelo de nuevo en un momento.
the-lists-are-not-at-this-position-yet-try-again-in-a-moment = Las listas aún no han llegado a esta posición. Inténtelo de nuevo en un momento.
it-is-done-but-can-t-be-shown-just-now-read-it-again-in-a-moment = La operación se ha realizado, pero no se puede mostrar en este momento. Vuelva a consultarlo en un momento.
only-members-and-backends-with-the-scope-for-it-may-ask-about-others = Solo los miembros y los backends con el ámbito necesario pueden consultar datos de otras personas.
this-person-is-not-a-member-of-this-organization = Esta persona no es miembro de esta organización.
this-request-comes-from-another-site = Esta solicitud procede de otro sitio.
the-form-could-not-be-read = No se pudo leer el formulario.
this-is-not-the-name-of-the-organization-type-it-exactly-as-it-is-shown = Este no es el nombre de la organización. Escríbalo exactamente como se muestra.
too-many-pages-are-open-close-some-or-try-again-in-a-moment = Hay demasiadas páginas abiertas. Cierre algunas o vuelva a intentarlo en un momento.
the-organization-has-changed-since-read-it-again-then-decide = La organización ha cambiado desde entonces. Vuelva a leerla y después decida.
something-else-was-asked-under-this-key-before-take-a-new-key = Con esta clave ya se pidió otra cosa. Use una clave nueva.
too-much-was-asked-at-once-try-again-in-a-moment = Se ha pedido demasiado a la vez. Inténtelo de nuevo en un momento.
