## Kinds of failure, in a few words

the-request-is-not-valid = リクエストが正しくありません
sign-in-first = 先にサインインしてください
not-a-member = メンバーではありません
not-permitted = 許可されていません
the-invitation-is-for-somebody-else = 別の人への招待です
e-mail-address-not-verified = メールアドレスが未確認です
nothing-is-here = ここには何もありません
organization-not-found = 組織が見つかりません
member-not-found = メンバーが見つかりません
invitation-not-found = 招待が見つかりません
method-not-allowed = 許可されていないメソッドです
the-request-took-too-long-to-arrive = リクエストの受信に時間がかかりすぎました
already-founded = 組織はすでに作成されています
the-owner-can-t-leave = オーナーは脱退できません
the-owner-can-t-be-removed = オーナーをメンバーから外すことはできません
already-a-member = すでにメンバーです
already-invited = すでに招待されています
already-the-owner = すでにオーナーです
slug-taken = アドレスはすでに使われています
invitation-settled = 招待は処理済みです
the-inviter-has-gone = 招待者はすでにメンバーではありません
invitation-expired = 招待の有効期限が切れています
the-body-is-too-large = リクエスト本文が大きすぎます
unsupported-media-type = サポートされていないメディアタイプです
changed-meanwhile = その間に変更されました
key-used-before = キーは使用済みです
too-many-requests = リクエストが多すぎます
not-available-now = 現在利用できません
something-went-wrong-here = Roster側で問題が発生しました

## Rules that were broken

there-is-no-such-organization-or-you-are-not-a-member-of-it = この組織は存在しないか、あなたはそのメンバーではありません。
an-organization-with-this-id-exists-already = このIDの組織はすでに存在します。
another-organization-has-this-slug = このアドレスは別の組織が使用しています。
only-the-owner-and-admins-may-do-this = この操作を行えるのは、オーナーと管理者のみです。
only-the-owner-may-do-this = この操作を行えるのは、オーナーのみです。
the-role-owner-can-t-be-given-ownership-is-transferred-by-the-owner = オーナーの役割を割り当てることはできません。オーナー権限は、オーナーが譲渡します。
the-owner-s-role-can-t-be-changed-ownership-is-transferred-by-the-owner = オーナーの役割は変更できません。オーナー権限は、オーナーが譲渡します。
there-is-no-such-member-in-this-organization = この組織にそのメンバーはいません。
the-owner-can-t-leave-transfer-ownership-to-another-member-or-delete-the-organization-first = オーナーは脱退できません。先に別のメンバーにオーナー権限を譲渡するか、組織を削除してください。
this-member-is-the-owner-already = このメンバーはすでにオーナーです。
this-person-is-a-member-already = この人はすでにメンバーです。
this-address-has-a-pending-invitation-already = このメールアドレスには、すでに保留中の招待があります。
there-is-no-such-invitation = この招待は存在しません。
this-invitation-was-accepted-declined-or-revoked-before = この招待は、すでに承諾、辞退、または取り消されています。
this-invitation-has-expired-ask-for-a-new-one = この招待は有効期限が切れています。新しい招待を依頼してください。
this-invitation-is-for-another-e-mail-address = この招待は別のメールアドレス宛てです。
your-e-mail-address-is-not-verified-by-your-identity-provider = メールアドレスがIDプロバイダーで確認されていません。
whoever-invited-you-is-no-longer-a-member-ask-for-a-new-invitation = あなたを招待した人は、すでにメンバーではありません。新しい招待を依頼してください。

## What a value must be; the name of the field stands before it

must-be-an-e-mail-address = メールアドレスを指定してください
must-be-a-uuid = UUIDを指定してください
must-be-1-to-255-printable-characters = 表示可能な文字を1～255文字で指定してください
must-be-1-to-2048-printable-characters = 表示可能な文字を1～2048文字で指定してください
must-not-contain-u-0000-nor-be-nested-deeper-than-32-levels = U+0000を含めることはできず、入れ子は32階層までです
must-be-at-most-16-kib = 16 KiB以下にしてください
must-be-an-object = オブジェクトを指定してください
must-be-one-of-owner-admin-member = owner、admin、memberのいずれかを指定してください
must-be-2-to-48-characters-of-a-z-0-9-and-hyphen = a～z、0～9、ハイフンを使って2～48文字で指定してください
must-not-start-or-end-with-a-hyphen-nor-have-two-in-a-row = 先頭や末尾のハイフン、連続するハイフンは使用できません
must-not-look-like-an-id = IDのような形式は使用できません
is-reserved = 予約されているため使用できません
must-not-contain-control-characters-or-text-direction-controls = 制御文字や文字方向の制御記号は使用できません
must-be-1-to-100-characters = 1～100文字で指定してください
must-be-joined-at-or-joined-at = joined_atまたは-joined_atを指定してください
must-be-a-known-permission = 既知の権限を指定してください
can-t-be-given-here-each-row-leads-to-a-version-of-its-own = ここでは指定できません。行ごとに別のバージョンになります
must-be-given-once = 1回だけ指定してください
must-be-a-whole-number = 整数を指定してください
is-missing = 指定されていません
must-be-a-whole-number-from-1-to-200 = 1～200の整数を指定してください
may-be-1-000-at-most = 1,000件以下にしてください
must-be-a-whole-number-from-1-to-1000 = 1～1000の整数を指定してください
must-be-a-whole-number-the-last-sequence-you-have = 整数（取得済みの最後のシーケンス番号）を指定してください
must-be-at-most-100-characters = 100文字以内で指定してください
must-be-a-next-cursor-of-the-same-list-and-order = 同じ一覧、同じ並び順のnext_cursorを指定してください

named-mistake = { $field }：{ $mistake }

## What went wrong this time

there-is-nothing-at-this-address = このURLには何もありません。
this-address-does-not-take-this-method = このURLではこのメソッドを使用できません。
send-a-token-authorization-bearer-in-development-roster-token-prints-one = トークンを送信してください：'Authorization: Bearer …'。開発環境では、'roster token'でトークンを出力できます。
tokens-can-t-be-verified-just-now = 現在、トークンを検証できません。
the-token-is-not-valid-here-or-has-expired = トークンがここでは無効であるか、有効期限が切れています。
acting-for-others-needs-the-scope-roster-act-as = ほかの人に代わって操作するには、スコープroster:act-asが必要です。
reading-the-events-of-all-organizations-needs-the-scope-roster-audit = すべての組織のイベントを読み取るには、スコープroster:auditが必要です。
erasing-somebody-else-needs-the-scope-roster-admin = 他の人のデータを消去するには、スコープroster:adminが必要です。
reading-when-people-were-erased-needs-the-scope-roster-audit = データの消去の日時を読み取るには、スコープroster:auditが必要です。
this-person-became-the-owner-meanwhile-and-may-have-left-other-organizations-already-transfer-ownership-then-ask-again = この人はその間にオーナーになりました。他の組織からはすでに脱退している可能性があります。オーナー権限を譲渡してから、もう一度お試しください。
the-authorization-header-must-be-bearer-token = Authorizationヘッダーは'Bearer <token>'の形式にしてください。
send-one-authorization-header = Authorizationヘッダーは1つだけ送信してください。
the-database-can-t-be-reached-yet-try-again-in-a-moment = まだデータベースに接続できません。しばらくしてからもう一度お試しください。
send-the-body-as-application-json = リクエスト本文はapplication/jsonとして送信してください。
the-body-must-have-1-to-1-000-rows = リクエスト本文は1〜1,000行にしてください。
the-body-may-have-64-kib-at-most = リクエスト本文は64 KiB以下にしてください。
the-body-may-have-1-mib-at-most = リクエスト本文は1 MiB以下にしてください。
the-body-could-not-be-read = リクエスト本文を読み取れませんでした。
the-body-did-not-arrive-in-time = リクエスト本文が時間内に届きませんでした。
the-body-must-be-a-json-object = リクエスト本文はJSONオブジェクトにしてください。
the-body-must-be-one-json-object-and-nothing-after-it = リクエスト本文は1つのJSONオブジェクトのみとし、その後に何も続けないでください。
the-query-is-not-well-formed = クエリの形式が正しくありません。
this-is-a-mistake-of-roster-s-and-was-logged = これはRoster側の問題です。ログに記録されました。
it-may-or-may-not-be-done-read-it-again-in-a-moment = 処理が完了したかどうかを確認できません。しばらくしてから再度読み込んでください。
memberships-can-t-be-read-or-changed-just-now-try-again-in-a-moment = 現在、メンバー情報の読み取りと変更ができません。しばらくしてからもう一度お試しください。
memberships-can-t-be-read-just-now-try-again-in-a-moment = 現在、メンバー情報を読み取れません。しばらくしてからもう一度お試しください。
this-list-can-t-be-shown-just-now-try-again-in-a-moment = 現在、この一覧を表示できません。しばらくしてからもう一度お試しください。
the-lists-are-still-being-built-try-again-in-a-moment = 一覧はまだ作成中です。しばらくしてからもう一度お試しください。
the-lists-are-not-at-this-position-yet-try-again-in-a-moment = 一覧にはまだこの位置までの変更が反映されていません。しばらくしてからもう一度お試しください。
it-is-done-but-can-t-be-shown-just-now-read-it-again-in-a-moment = 処理は完了しましたが、現在表示できません。しばらくしてから再度読み込んでください。
only-members-and-backends-with-the-scope-for-it-may-ask-about-others = ほかの人について照会できるのは、メンバーと、必要なスコープを持つバックエンドのみです。
this-person-is-not-a-member-of-this-organization = この人はこの組織のメンバーではありません。
this-request-comes-from-another-site = このリクエストは別のサイトから送信されました。
the-form-could-not-be-read = フォームを読み取れませんでした。
this-is-not-the-name-of-the-organization-type-it-exactly-as-it-is-shown = 組織名が一致しません。表示されているとおりに入力してください。
too-many-pages-are-open-close-some-or-try-again-in-a-moment = 開いているページが多すぎます。いくつか閉じるか、しばらくしてからもう一度お試しください。
the-organization-has-changed-since-read-it-again-then-decide = 組織はその後変更されています。読み直してから決めてください。
something-else-was-asked-under-this-key-before-take-a-new-key = このキーではすでに別の内容が要求されています。新しいキーを使ってください。
too-many-streams-are-open-close-some-or-try-again-in-a-moment = 開いているストリームが多すぎます。いくつか閉じるか、しばらくしてからもう一度お試しください。
the-journal-has-not-reached-this-position-it-was-restored-from-a-backup-begin-without-one = ジャーナルはこの位置に達していません。バックアップから復元されています。位置を指定せずに始めてください。
too-much-was-asked-at-once-try-again-in-a-moment = 一度に多くの要求がありました。しばらくしてからもう一度お試しください。
