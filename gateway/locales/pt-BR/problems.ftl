## Kinds of failure, in a few words

the-request-is-not-valid = A solicitação não é válida
sign-in-first = Entre primeiro
not-a-member = Não é membro
not-permitted = Não permitido
the-invitation-is-for-somebody-else = O convite é para outra pessoa
e-mail-address-not-verified = Endereço de e-mail não verificado
nothing-is-here = Não há nada aqui
organization-not-found = Organização não encontrada
member-not-found = Membro não encontrado
invitation-not-found = Convite não encontrado
method-not-allowed = Método não permitido
the-request-took-too-long-to-arrive = A solicitação demorou demais para chegar
already-founded = Já criada
the-owner-can-t-leave = O titular não pode sair
the-owner-can-t-be-removed = O titular não pode ser removido
already-a-member = Já é membro
already-invited = Já há um convite
already-the-owner = Já é titular
slug-taken = Endereço já em uso
invitation-settled = Convite já encerrado
the-inviter-has-gone = Quem enviou o convite já saiu
invitation-expired = Convite expirado
the-body-is-too-large = O corpo da solicitação é grande demais
unsupported-media-type = Tipo de mídia não aceito
changed-meanwhile = Alterado nesse meio-tempo
key-used-before = Chave já usada
too-many-requests = Solicitações demais
not-available-now = Indisponível no momento
something-went-wrong-here = Algo deu errado aqui

## Rules that were broken

there-is-no-such-organization-or-you-are-not-a-member-of-it = Essa organização não existe ou você não é membro dela.
an-organization-with-this-id-exists-already = Já existe uma organização com este ID.
another-organization-has-this-slug = Outra organização já tem este endereço (slug).
only-the-owner-and-admins-may-do-this = Somente o titular e os administradores podem fazer isso.
only-the-owner-may-do-this = Somente o titular pode fazer isso.
the-role-owner-can-t-be-given-ownership-is-transferred-by-the-owner = A função de titular não pode ser atribuída; é o titular quem transfere a titularidade.
the-owner-s-role-can-t-be-changed-ownership-is-transferred-by-the-owner = A função do titular não pode ser alterada; é o titular quem transfere a titularidade.
there-is-no-such-member-in-this-organization = Esse membro não existe nesta organização.
the-owner-can-t-leave-transfer-ownership-to-another-member-or-delete-the-organization-first = O titular não pode sair. Primeiro, transfira a titularidade para outro membro ou exclua a organização.
this-member-is-the-owner-already = Este membro já é titular.
this-person-is-a-member-already = Esta pessoa já é membro.
this-address-has-a-pending-invitation-already = Já há um convite pendente para este endereço de e-mail.
there-is-no-such-invitation = Esse convite não existe.
this-invitation-was-accepted-declined-or-revoked-before = Este convite já foi aceito, recusado ou revogado.
this-invitation-has-expired-ask-for-a-new-one = Este convite expirou. Peça um novo.
this-invitation-is-for-another-e-mail-address = Este convite é para outro endereço de e-mail.
your-e-mail-address-is-not-verified-by-your-identity-provider = Seu endereço de e-mail não foi verificado pelo seu provedor de identidade.
whoever-invited-you-is-no-longer-a-member-ask-for-a-new-invitation = Quem convidou você não é mais membro. Peça um novo convite.

## What a value must be; the name of the field stands before it

must-be-an-e-mail-address = deve ser um endereço de e-mail
must-be-a-uuid = deve ser um UUID
must-be-1-to-255-printable-characters = deve ter de 1 a 255 caracteres imprimíveis
must-be-1-to-2048-printable-characters = deve ter de 1 a 2048 caracteres imprimíveis
must-not-contain-u-0000-nor-be-nested-deeper-than-32-levels = não deve conter U+0000 nem ter mais de 32 níveis de aninhamento
must-be-at-most-16-kib = deve ter no máximo 16 KiB
must-be-an-object = deve ser um objeto
must-be-one-of-owner-admin-member = deve ser um destes valores: owner, admin, member
must-be-2-to-48-characters-of-a-z-0-9-and-hyphen = deve ter de 2 a 48 caracteres: a-z, 0-9 e hífen
must-not-start-or-end-with-a-hyphen-nor-have-two-in-a-row = não deve começar nem terminar com hífen, nem ter dois seguidos
must-not-look-like-an-id = não deve se parecer com um ID
is-reserved = é um valor reservado
must-not-contain-control-characters-or-text-direction-controls = não deve conter caracteres de controle nem controles de direção do texto
must-be-1-to-100-characters = deve ter de 1 a 100 caracteres
must-be-joined-at-or-joined-at = deve ser joined_at ou -joined_at
must-be-entity-tags-in-quotes = deve consistir em entity tags entre aspas
must-be-a-known-permission = deve ser uma permissão conhecida
must-be-given-once = deve ser informado uma única vez
must-be-a-whole-number = deve ser um número inteiro
is-missing = valor ausente
must-be-a-whole-number-from-1-to-200 = deve ser um número inteiro de 1 a 200
must-be-a-whole-number-the-last-sequence-you-have = deve ser um número inteiro: o último número de sequência que você tem
must-be-at-most-100-characters = deve ter no máximo 100 caracteres
must-be-a-next-cursor-of-the-same-list-and-order = deve ser um next_cursor da mesma lista e da mesma ordenação
named-mistake = { $field }: { $mistake }

## What went wrong this time

there-is-nothing-at-this-address = Não há nada neste endereço.
this-address-does-not-take-this-method = Este endereço não aceita este método.
send-a-token-authorization-bearer-in-development-roster-token-prints-one = Envie um token: 'Authorization: Bearer …'. Em desenvolvimento, 'roster token' exibe um.
tokens-can-t-be-verified-just-now = No momento, não é possível verificar tokens.
the-token-is-not-valid-here-or-has-expired = O token não é válido aqui ou expirou.
acting-for-others-needs-the-scope-roster-act-as = Para agir em nome de outras pessoas, é necessário o escopo roster:act-as.
the-authorization-header-must-be-bearer-token = O cabeçalho Authorization deve ser 'Bearer <token>'.
send-one-authorization-header = Envie um único cabeçalho Authorization.
the-database-can-t-be-reached-yet-try-again-in-a-moment = Ainda não é possível acessar o banco de dados. Tente novamente em instantes.
send-the-body-as-application-json = Envie o corpo da solicitação como application/json.
the-body-may-have-64-kib-at-most = O corpo da solicitação pode ter no máximo 64 KiB.
the-body-could-not-be-read = Não foi possível ler o corpo da solicitação.
the-body-did-not-arrive-in-time = O corpo da solicitação não chegou a tempo.
the-body-must-be-a-json-object = O corpo da solicitação deve ser um objeto JSON.
the-body-must-be-one-json-object-and-nothing-after-it = O corpo da solicitação deve ser um único objeto JSON, sem nada depois dele.
the-query-is-not-well-formed = Os parâmetros de consulta estão malformados.
this-is-a-mistake-of-roster-s-and-was-logged = Este é um erro do Roster e foi registrado.
it-may-or-may-not-be-done-read-it-again-in-a-moment = A operação pode ter sido realizada ou não. Consulte novamente em instantes.
memberships-can-t-be-read-or-changed-just-now-try-again-in-a-moment = No momento, não é possível ler nem alterar participações. Tente novamente em instantes.
memberships-can-t-be-read-just-now-try-again-in-a-moment = No momento, não é possível ler participações. Tente novamente em instantes.
this-list-can-t-be-shown-just-now-try-again-in-a-moment = No momento, não é possível exibir esta lista. Tente novamente em instantes.
the-lists-are-still-being-built-try-again-in-a-moment = As listas ainda estão sendo preparadas. Tente novamente em instantes.
the-lists-are-not-at-this-position-yet-try-again-in-a-moment = As listas ainda não chegaram a esta posição. Tente novamente em instantes.
it-is-done-but-can-t-be-shown-just-now-read-it-again-in-a-moment = A operação foi realizada, mas não pode ser exibida no momento. Consulte novamente em instantes.
only-members-and-backends-with-the-scope-for-it-may-ask-about-others = Somente membros e backends com o escopo necessário podem consultar informações sobre outras pessoas.
this-person-is-not-a-member-of-this-organization = Esta pessoa não é membro desta organização.
this-request-comes-from-another-site = Esta solicitação vem de outro site.
the-form-could-not-be-read = Não foi possível ler o formulário.
this-is-not-the-name-of-the-organization-type-it-exactly-as-it-is-shown = Este não é o nome da organização. Digite-o exatamente como é exibido.
too-many-pages-are-open-close-some-or-try-again-in-a-moment = Há páginas demais abertas. Feche algumas ou tente novamente em instantes.
the-organization-has-changed-since-read-it-again-then-decide = A organização mudou desde então. Leia-a de novo e depois decida.
something-else-was-asked-under-this-key-before-take-a-new-key = Outra coisa já foi pedida com esta chave. Use uma chave nova.
too-much-was-asked-at-once-try-again-in-a-moment = Foram feitas solicitações demais de uma só vez. Tente novamente em instantes.
