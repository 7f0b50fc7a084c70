## Words on every page

product = Roster
window-title = { $page } · { $organization }
skip-to-content = Ir para o conteúdo
navigation = Organização
nav-dashboard = Painel
nav-members = Membros
nav-history = Histórico
nav-settings = Configurações
nav-organizations = Suas organizações
signed-in-as = Você entrou como { $person }
sign-out = Encerrar sessão
language = Idioma
language-save = Alterar idioma
role-owner = Titular
role-admin = Administrador
role-member = Membro
cancel = Cancelar
save = Salvar
back = Voltar
you = Você
nobody-known = Pessoa desconhecida
next-page = Próxima página
first-page = Primeira página
not-reached = Não foi possível acessar o servidor. Até onde sabemos, nada foi alterado. Verifique sua conexão e tente novamente.

## Signing in

sign-in = Entrar
sign-in-development = Este servidor está em modo de desenvolvimento: quem tiver acesso a ele pode entrar como qualquer pessoa. Escolha uma pessoa ou digite uma.
sign-in-people = Pessoas conhecidas aqui
sign-in-somebody = Outra pessoa
sign-in-user-id = ID de usuário
sign-in-user-id-hint = O ID que um provedor de identidade daria a esta pessoa, por exemplo, ana.
sign-in-name = Nome
sign-in-email = Endereço de e-mail
optional = opcional
sign-in-elsewhere = Você entra pelo provedor de identidade da sua organização. Depois, voltará para cá.
sign-in-elsewhere-go = Ir para a página de entrada
sign-in-unset = Você entra pelo aplicativo que trouxe você até aqui. Volte a ele, entre e abra esta página novamente.

## Organizations of a person

select-title = Suas organizações
select-none = Você ainda não é membro de nenhuma organização.
select-invitations = Convites para você
select-invitation = Convite para { $organization }
select-found = Criar uma organização
invitation-role = Função: { $role }
joined-on = Membro desde { $date }

## Onboarding

onboarding-title = Crie sua organização
onboarding-first = Você ainda não pertence a nenhuma organização. Crie uma ou abra um convite que recebeu.
onboarding-another = Você será titular da nova organização.
organization-name = Nome
organization-slug = Endereço
organization-slug-hint = De 2 a 48 caracteres: a-z, 0-9 e hifens. Faz parte de todos os links para a organização.
found = Criar organização

## Dashboard

dashboard-members = { $number ->
    [one] { $number } membro
    [many] { $number } de membros
   *[other] { $number } membros
  }
dashboard-your-role = Sua função
dashboard-latest = Últimas alterações
dashboard-none = Nada aconteceu aqui ainda.
change-founded = { $actor } criou a organização
change-renamed = { $actor } renomeou a organização para { $name }
change-slug = { $actor } alterou o endereço para { $slug }
change-profile = { $actor } alterou o perfil
change-invited = { $actor } convidou alguém com a função de { $role ->
    [admin] administrador
   *[member] membro
  }
change-invitation-extended = { $actor } prorrogou um convite
change-invitation-revoked = { $actor } revogou um convite
change-invitation-declined = { $actor } recusou um convite
change-invitation-accepted = { $actor } aceitou um convite
change-joined = { $person } ingressou com a função de { $role ->
    [owner] titular
    [admin] administrador
   *[member] membro
  }
change-role = { $actor } atribuiu a { $person } a função de { $role ->
    [admin] administrador
   *[member] membro
  }
change-transferred = { $actor } transferiu a titularidade para { $person }
change-left = { $person } saiu da organização
change-removed = { $actor } removeu { $person }
change-deleted = { $actor } excluiu a organização

## Members

members-title = Membros
members-search = Buscar por nome ou e-mail
members-search-go = Buscar
members-role = Função
members-role-any = Todas as funções
members-none = Nenhum membro corresponde a esta busca.
members-shown = { $number ->
    [one] { $number } membro
    [many] { $number } de membros
   *[other] { $number } membros
  }
members-change-role = Alterar função
members-role-of = Função de { $person }
members-remove = Remover
members-remove-person = Remover { $person }

## Invitations, as owner and admins see them

invite-title = Convidar alguém
invite-email = Endereço de e-mail
invite-role = Função
invite = Convidar
invitations-pending = Convites pendentes
invitations-pending-none = Não há convites pendentes.
invitation-link = Link para enviar
invitation-expires = Válido até { $date }
invitation-expired-on = Expirou em { $date }
invitation-again = Prorrogar
invitation-again-for = Prorrogar o convite de { $email }
invitation-revoke = Revogar
invitation-revoke-for = Revogar o convite de { $email }

## An invitation, as the person invited sees it

invitation-title = Ingressar em { $organization }
invitation-from = { $person } convidou você para { $organization } com a função de { $role ->
    [admin] administrador
   *[member] membro
  }.
invitation-until = Você pode aceitar até { $date }.
invitation-account = Você aceita como { $person }.
invitation-accept = Aceitar e ingressar
invitation-decline = Recusar
invitation-over = Este convite não pode mais ser aceito.

## Leaving

leave-option = Sair da organização
leave-title = Sair de { $organization }
leave-ends = Seu acesso a tudo em { $organization } termina imediatamente, em todos os dispositivos.
leave-return = Para voltar, você precisará de um novo convite do titular ou de um administrador.
leave-own-decision = Esta é uma decisão sua, e não uma remoção feita por outra pessoa.
leave-account = Conta
leave-role = Função
leave-confirm = Sair de { $organization }

## History, as the owner, admins and auditors see it

history-title = Histórico
history-over-time = Membros ao longo do tempo
history-movements = Entradas e saídas
history-members-told = De { $from } a { $to }. Máximo de membros: { $most }. Agora: { $now }.
history-movements-told = De { $from } a { $to }. Entradas: { $joined }. Saídas: { $left }. Remoções: { $removed }.
history-up = Entradas: barras preenchidas, para cima
history-down = Saídas ou remoções: barras vazadas, para baixo
history-numbers = Os mesmos números em uma tabela
history-by-day = Membros por dia (UTC)
history-by-week = Membros por semana a partir de segunda-feira (UTC)
history-by-month = Membros por mês (UTC)
history-day = Dia
history-week = Semana de
history-month = Mês
history-joined = Entradas
history-left = Saídas
history-removed = Remoções
history-members = Membros
history-as-of-title = Membros em um dia
history-as-of = Qual dia
history-as-of-hint = A situação no fim do dia em UTC; para hoje, a situação atual.
history-as-of-go = Mostrar
history-then-day = No fim de { $date } (UTC)
history-then-moment = Em { $moment }
history-then-nobody = A organização ainda não tinha sido criada.
history-since = Membro desde { $moment }, por { $actor }
history-role-since = { $role } desde { $moment }, por { $actor }
history-events = O que aconteceu
history-actor = Registrado como { $actor }
history-reason = Motivo: { $reason }
history-happened = Aconteceu em { $moment } e foi registrado aqui depois
history-older = Eventos anteriores
history-newest = Eventos mais recentes

## Settings

settings-title = Configurações
settings-profile = Perfil
settings-slug-note = Os links com o endereço anterior deixarão de funcionar, e outra pessoa poderá usá-lo.
settings-id = ID da organização
danger-title = Zona de perigo
danger-leave = Sair desta organização
danger-leave-note = Seu acesso termina imediatamente. Para voltar, você precisará de um novo convite.
danger-owner-why = Você é titular e, por isso, não pode sair: uma organização sempre tem exatamente um titular. Há duas formas de se afastar.
danger-transfer = Transferir titularidade
danger-transfer-note = Outro membro passa a ser titular, e você passa à função de administrador. Depois disso, poderá sair.
danger-delete = Excluir organização
danger-delete-note = Todas as participações terminam imediatamente, inclusive a sua. Esta ação não pode ser desfeita.

## Confirmations

remove-title = Remover { $person }
remove-ends = O acesso de { $person } a tudo em { $organization } termina imediatamente.
remove-return = Para voltar, será necessário um novo convite.
remove-confirm = Remover { $person }
transfer-title = Transferir titularidade
transfer-choose = Quem passa a ser titular de { $organization }?
transfer-nobody = Ainda não há mais ninguém aqui. Convide alguém primeiro.
transfer-person-title = Transferir a titularidade para { $person }
transfer-ends = { $person } passa a ser titular de { $organization } imediatamente. Você passa à função de administrador e não poderá desfazer isso por conta própria.
transfer-confirm = Transferir a titularidade para { $person }
delete-title = Excluir { $organization }
delete-ends = Todas as participações em { $organization } terminam imediatamente, inclusive a sua. Ninguém mais poderá abrir a organização, e esta ação não pode ser desfeita.
delete-confirm = Excluir { $organization }
type-the-name = Digite o nome da organização para confirmar:

## Notices: one sentence at the top of the page that comes next

notice-left = Você saiu de { $organization }
notice-founded = A organização { $organization } foi criada. A titularidade é sua.
notice-joined = Boas-vindas a { $organization }
notice-declined = O convite para { $organization } foi recusado.
notice-invited = O convite está pronto. Envie o link à pessoa convidada.
notice-extended = A validade do convite foi prorrogada.
notice-revoked = O convite foi revogado.
notice-role-changed = A função foi alterada.
notice-removed = { $person } não é mais membro.
notice-transferred = { $person } agora é titular, e você tem a função de administrador.
notice-deleted = A organização { $organization } foi excluída.
notice-saved = As alterações foram salvas.
notice-not-there = Essa organização não existe ou você não é membro dela.
notice-signed-out = Sua sessão foi encerrada.

## When something fails

problem-again = Tentar novamente
problem-home = Ir para suas organizações
