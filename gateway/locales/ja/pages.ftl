## Words on every page

product = Roster
window-title = { $page } · { $organization }
skip-to-content = 本文へ移動
navigation = 組織
nav-dashboard = ダッシュボード
nav-members = メンバー
nav-history = 履歴
nav-settings = 設定
nav-organizations = 所属する組織
signed-in-as = { $person }さんとしてサインイン中
sign-out = サインアウト
language = 言語
language-save = 言語を変更
role-owner = オーナー
role-admin = 管理者
role-member = メンバー
cancel = キャンセル
save = 保存
back = 戻る
you = あなた
nobody-known = 不明なユーザー
next-page = 次のページ
first-page = 最初のページ
not-reached = サーバーに接続できませんでした。確認できる範囲では、何も変更されていません。接続を確認して、もう一度お試しください。

## Signing in

sign-in = サインイン
sign-in-development = このサーバーは開発用に動作しています。アクセスできる人は誰でも、任意のユーザーとしてサインインできます。ユーザーを選択するか、入力してください。
sign-in-people = 登録されているユーザー
sign-in-somebody = 別のユーザー
sign-in-user-id = ユーザーID
sign-in-user-id-hint = IDプロバイダーがこのユーザーに割り当てるID（例：ana）。
sign-in-name = 名前
sign-in-email = メールアドレス
optional = 任意
sign-in-elsewhere = 組織のIDプロバイダーでサインインします。サインイン後、この画面に戻ります。
sign-in-elsewhere-go = サインインへ進む
sign-in-unset = サインインは、このページを開いた元のアプリケーションで行います。そちらに戻ってサインインしてから、このページをもう一度開いてください。

## Organizations of a person

select-title = 所属する組織
select-none = まだどの組織のメンバーでもありません。
select-invitations = あなたへの招待
select-invitation = { $organization }への招待
select-found = 組織を作成
invitation-role = 役割：{ $role }
joined-on = { $date }からメンバー

## Onboarding

onboarding-title = 組織の作成
onboarding-first = まだどの組織にも所属していません。組織を作成するか、届いた招待を開いてください。
onboarding-another = 新しい組織のオーナーになります。
organization-name = 名前
organization-slug = アドレス
organization-slug-hint = 2～48文字。a～z、0～9、ハイフンを使用できます。組織へのすべてのリンクに含まれます。
found = 組織を作成

## Dashboard

dashboard-members = メンバー{ $number }人
dashboard-your-role = あなたの役割
dashboard-latest = 最近の変更
dashboard-none = まだ何も変更はありません。
change-founded = { $actor }さんが組織を作成しました
change-renamed = { $actor }さんが組織の名前を{ $name }に変更しました
change-slug = { $actor }さんがアドレスを{ $slug }に変更しました
change-profile = { $actor }さんがプロフィールを変更しました
change-invited = { $role ->
    [admin] { $actor }さんが管理者として1人を招待しました
   *[member] { $actor }さんがメンバーとして1人を招待しました
  }
change-invitation-extended = { $actor }さんが招待の有効期限を延長しました
change-invitation-revoked = { $actor }さんが招待を取り消しました
change-invitation-declined = { $actor }さんが招待を辞退しました
change-invitation-accepted = { $actor }さんが招待を承諾しました
change-joined = { $role ->
    [owner] { $person }さんがオーナーとして参加しました
    [admin] { $person }さんが管理者として参加しました
   *[member] { $person }さんがメンバーとして参加しました
  }
change-role = { $role ->
    [admin] { $actor }さんが{ $person }さんの役割を管理者に変更しました
   *[member] { $actor }さんが{ $person }さんの役割をメンバーに変更しました
  }
change-transferred = { $actor }さんが{ $person }さんにオーナー権限を譲渡しました
change-left = { $person }さんが脱退しました
change-removed = { $actor }さんが{ $person }さんをメンバーから外しました
change-deleted = { $actor }さんが組織を削除しました

## Members

members-title = メンバー
members-search = 名前またはメールアドレスで検索
members-search-go = 検索
members-role = 役割
members-role-any = すべての役割
members-none = 検索条件に一致するメンバーはいません。
members-shown = メンバー{ $number }人
members-change-role = 役割を変更
members-role-of = { $person }さんの役割
members-remove = 外す
members-remove-person = { $person }さんをメンバーから外す

## Invitations, as owner and admins see them

invite-title = メンバーを招待
invite-email = メールアドレス
invite-role = 役割
invite = 招待
invitations-pending = 保留中の招待
invitations-pending-none = 保留中の招待はありません。
invitation-link = 送信用リンク
invitation-expires = { $date }まで有効
invitation-expired-on = { $date }に期限切れ
invitation-again = 延長
invitation-again-for = { $email }への招待を延長
invitation-revoke = 取り消す
invitation-revoke-for = { $email }への招待を取り消す

## An invitation, as the person invited sees it

invitation-title = { $organization }に参加
invitation-from = { $role ->
    [admin] { $person }さんから、管理者として{ $organization }に招待されました。
   *[member] { $person }さんから、メンバーとして{ $organization }に招待されました。
  }
invitation-until = { $date }まで承諾できます。
invitation-account = { $person }さんとして承諾します。
invitation-accept = 承諾して参加
invitation-decline = 辞退
invitation-over = この招待は承諾できなくなりました。

## Leaving

leave-option = 組織から脱退
leave-title = { $organization }から脱退
leave-ends = { $organization }内のすべてへのアクセスが、どのデバイスでもただちに終了します。
leave-return = 再び参加するには、オーナーまたは管理者からの新しい招待が必要です。
leave-own-decision = これはご自身の意思による退出であり、他の人による除外ではありません。
leave-account = アカウント
leave-role = 役割
leave-confirm = { $organization }から脱退

## History, as the owner, admins and auditors see it

history-title = 履歴
history-over-time = メンバー数の推移
history-movements = 参加と脱退
history-members-told = { $from }から{ $to }まで。メンバー数の最大：{ $most }。現在：{ $now }。
history-movements-told = { $from }から{ $to }まで。参加：{ $joined }。脱退：{ $left }。除外：{ $removed }。
history-up = 参加：塗りつぶし、上向き
history-down = 脱退または除外：枠線、下向き
history-numbers = 同じ数値を表で見る
history-by-day = 日ごとのメンバー数（UTC）
history-by-week = 月曜日から始まる週ごとのメンバー数（UTC）
history-by-month = 月ごとのメンバー数（UTC）
history-day = 日
history-week = 週の開始日
history-month = 月
history-joined = 参加
history-left = 脱退
history-removed = 除外
history-members = メンバー
history-as-of-title = 指定した日のメンバー
history-as-of = 日付
history-as-of-hint = UTCでのその日の終わりの状態です。今日を選ぶと現在の状態になります。
history-as-of-go = 表示
history-then-day = { $date }の終わり（UTC）
history-then-moment = { $moment }
history-then-nobody = 組織はまだ作成されていませんでした。
history-since = { $moment }からメンバー（{ $actor }さんによる）
history-role-since = { $moment }から{ $role }（{ $actor }さんによる）
history-events = できごと
history-actor = 記録上の実行者：{ $actor }
history-reason = 理由：{ $reason }
history-happened = { $moment }に発生し、後からここに記録されました
history-older = 以前のできごと
history-newest = 最新のできごと

## Settings

settings-title = 設定
settings-profile = プロフィール
settings-slug-note = 以前のアドレスを使ったリンクは無効になり、そのアドレスはほかの組織が使用できるようになります。
settings-id = 組織ID
danger-title = 注意が必要な操作
danger-leave = この組織から脱退
danger-leave-note = アクセスはただちに終了します。再び参加するには、新しい招待が必要です。
danger-owner-why = あなたはオーナーのため、脱退できません。組織には常に1人のオーナーが必要です。オーナーを退くには、次の2つの方法があります。
danger-transfer = オーナー権限を譲渡
danger-transfer-note = 別のメンバーがオーナーになり、あなたは管理者になります。その後は脱退できます。
danger-delete = 組織を削除
danger-delete-note = あなたを含む全員のメンバー資格がただちに終了します。この操作は元に戻せません。

## Confirmations

remove-title = { $person }さんをメンバーから外す
remove-ends = { $organization }内のすべてに対する{ $person }さんのアクセスが、ただちに終了します。
remove-return = 再び参加するには、新しい招待が必要です。
remove-confirm = { $person }さんをメンバーから外す
transfer-title = オーナー権限を譲渡
transfer-choose = { $organization }の新しいオーナーを選択してください。
transfer-nobody = ほかのメンバーはまだいません。先に招待してください。
transfer-person-title = { $person }さんをオーナーにする
transfer-ends = { $person }さんがただちに{ $organization }のオーナーになります。あなたは管理者になり、ご自身でこの操作を元に戻すことはできません。
transfer-confirm = { $person }さんをオーナーにする
delete-title = { $organization }を削除
delete-ends = あなたを含む全員の{ $organization }でのメンバー資格が、ただちに終了します。以後は誰も開くことができず、この操作は元に戻せません。
delete-confirm = { $organization }を削除
type-the-name = 確認のため、次の組織名を入力してください：

## Notices: one sentence at the top of the page that comes next

notice-left = { $organization }から脱退しました
notice-founded = { $organization }を作成しました。あなたがオーナーです。
notice-joined = { $organization }へようこそ
notice-declined = { $organization }への招待を辞退しました。
notice-invited = 招待の準備ができました。招待する相手にリンクを送ってください。
notice-extended = 招待の有効期限を延長しました。
notice-revoked = 招待を取り消しました。
notice-role-changed = 役割を変更しました。
notice-removed = { $person }さんをメンバーから外しました。
notice-transferred = { $person }さんがオーナーになり、あなたは管理者になりました。
notice-deleted = { $organization }を削除しました。
notice-saved = 変更を保存しました。
notice-not-there = その組織は存在しないか、あなたはそのメンバーではありません。
notice-signed-out = サインアウトしました。

## When something fails

problem-again = もう一度試す
problem-home = 所属する組織へ移動
