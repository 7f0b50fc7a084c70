## Kinds of failure, in a few words

the-request-is-not-valid = 请求无效
sign-in-first = 请先登录
not-a-member = 不是成员
not-permitted = 没有权限
the-invitation-is-for-somebody-else = 此邀请是发给他人的
e-mail-address-not-verified = 电子邮件地址未验证
nothing-is-here = 此处没有内容
organization-not-found = 未找到组织
member-not-found = 未找到成员
invitation-not-found = 未找到邀请
method-not-allowed = 不允许使用此方法
the-request-took-too-long-to-arrive = 请求到达超时
already-founded = 组织已创建
the-owner-can-t-leave = 所有者无法退出
the-owner-can-t-be-removed = 无法移除所有者
already-a-member = 已是成员
already-invited = 已被邀请
already-the-owner = 已是所有者
slug-taken = 网址标识已被使用
invitation-settled = 邀请已处理
the-inviter-has-gone = 邀请人已离开
invitation-expired = 邀请已过期
the-body-is-too-large = 请求正文过大
unsupported-media-type = 不支持的媒体类型
changed-meanwhile = 期间已更改
key-used-before = 密钥已被使用
too-many-requests = 请求过多
not-available-now = 暂时不可用
something-went-wrong-here = 我们这边出了问题

## Rules that were broken

there-is-no-such-organization-or-you-are-not-a-member-of-it = 该组织不存在，或者您不是其成员。
an-organization-with-this-id-exists-already = 已存在使用此 ID 的组织。
another-organization-has-this-slug = 此网址标识已被其他组织使用。
only-the-owner-and-admins-may-do-this = 只有所有者和管理员可以执行此操作。
only-the-owner-may-do-this = 只有所有者可以执行此操作。
the-role-owner-can-t-be-given-ownership-is-transferred-by-the-owner = 无法直接授予所有者角色；所有权须由所有者转让。
the-owner-s-role-can-t-be-changed-ownership-is-transferred-by-the-owner = 无法更改所有者的角色；所有权须由所有者转让。
there-is-no-such-member-in-this-organization = 此组织中没有该成员。
the-owner-can-t-leave-transfer-ownership-to-another-member-or-delete-the-organization-first = 所有者无法退出。请先将所有权转让给其他成员，或删除组织。
this-member-is-the-owner-already = 该成员已是所有者。
this-person-is-a-member-already = 此人已是成员。
this-address-has-a-pending-invitation-already = 此电子邮件地址已有待处理的邀请。
there-is-no-such-invitation = 该邀请不存在。
this-invitation-was-accepted-declined-or-revoked-before = 此邀请先前已被接受、谢绝或撤回。
this-invitation-has-expired-ask-for-a-new-one = 此邀请已过期。请索取新的邀请。
this-invitation-is-for-another-e-mail-address = 此邀请是发给另一个电子邮件地址的。
your-e-mail-address-is-not-verified-by-your-identity-provider = 您的电子邮件地址未经身份提供商验证。
whoever-invited-you-is-no-longer-a-member-ask-for-a-new-invitation = 邀请您的人已不再是成员。请索取新的邀请。

## What a value must be; the name of the field stands before it

must-be-an-e-mail-address = 必须是电子邮件地址
must-be-a-uuid = 必须是 UUID
must-be-1-to-255-printable-characters = 必须是 1 至 255 个可打印字符
must-be-1-to-2048-printable-characters = 必须是 1 至 2048 个可打印字符
must-not-contain-u-0000-nor-be-nested-deeper-than-32-levels = 不得包含 U+0000，嵌套不得超过 32 层
must-be-at-most-16-kib = 不得超过 16 KiB
must-be-an-object = 必须是对象
must-be-one-of-owner-admin-member = 必须是 owner、admin、member 之一
must-be-2-to-48-characters-of-a-z-0-9-and-hyphen = 必须是 2 至 48 个字符，仅限 a-z、0-9 和连字符
must-not-start-or-end-with-a-hyphen-nor-have-two-in-a-row = 不得以连字符开头或结尾，也不得包含连续的连字符
must-not-look-like-an-id = 不得与 ID 形式相似
is-reserved = 为保留内容，不可使用
must-not-contain-control-characters-or-text-direction-controls = 不得包含控制字符或文本方向控制符
must-be-1-to-100-characters = 必须是 1 至 100 个字符
must-be-joined-at-or-joined-at = 必须是 joined_at 或 -joined_at
must-be-a-known-permission = 必须是已知的权限
can-t-be-given-here-each-row-leads-to-a-version-of-its-own = 此处不能提供：每一行都会产生各自的版本
must-be-given-once = 只能提供一次
must-be-a-whole-number = 必须是整数
is-missing = 缺失
must-be-a-whole-number-from-1-to-200 = 必须是 1 至 200 之间的整数
may-be-1-000-at-most = 不得超过 1,000 个
must-be-a-whole-number-from-1-to-1000 = 必须是 1 至 1000 之间的整数
must-be-a-whole-number-the-last-sequence-you-have = 必须是整数，即您已有的最后一个序号
must-be-at-most-100-characters = 不得超过 100 个字符
must-be-a-next-cursor-of-the-same-list-and-order = 必须是同一列表、同一排序的 next_cursor

named-mistake = { $field }：{ $mistake }

## What went wrong this time

there-is-nothing-at-this-address = 此地址没有内容。
this-address-does-not-take-this-method = 此地址不接受该方法。
send-a-token-authorization-bearer-in-development-roster-token-prints-one = 请发送令牌：'Authorization: Bearer …'。在开发环境中，可使用 'roster token' 输出一个令牌。
tokens-can-t-be-verified-just-now = 暂时无法验证令牌。
the-token-is-not-valid-here-or-has-expired = 令牌在此处无效，或已过期。
acting-for-others-needs-the-scope-roster-act-as = 代表他人操作需要权限范围 roster:act-as。
reading-the-events-of-all-organizations-needs-the-scope-roster-audit = 读取所有组织的事件需要权限范围 roster:audit。
erasing-somebody-else-needs-the-scope-roster-admin = 清除他人的数据需要权限范围 roster:admin。
reading-when-people-were-erased-needs-the-scope-roster-audit = 读取清除数据的时间需要权限范围 roster:audit。
this-person-became-the-owner-meanwhile-and-may-have-left-other-organizations-already-transfer-ownership-then-ask-again = 此人在此期间成为了所有者，并且可能已经退出了其他组织。请先转让所有权，然后重试。
the-authorization-header-must-be-bearer-token = Authorization 标头必须为 'Bearer <token>'。
send-one-authorization-header = 请仅发送一个 Authorization 标头。
the-database-can-t-be-reached-yet-try-again-in-a-moment = 尚无法连接数据库。请稍后重试。
send-the-body-as-application-json = 请以 application/json 格式发送请求正文。
the-body-must-have-1-to-1-000-rows = 请求正文必须包含 1 到 1,000 行。
the-body-may-have-64-kib-at-most = 请求正文不得超过 64 KiB。
the-body-may-have-1-mib-at-most = 请求正文不得超过 1 MiB。
the-body-could-not-be-read = 无法读取请求正文。
the-body-did-not-arrive-in-time = 请求正文未及时到达。
the-body-must-be-a-json-object = 请求正文必须是 JSON 对象。
the-body-must-be-one-json-object-and-nothing-after-it = 请求正文必须是单个 JSON 对象，其后不得有其他内容。
the-query-is-not-well-formed = 查询格式不正确。
this-is-a-mistake-of-roster-s-and-was-logged = 这是 Roster 的错误，已记录到日志中。
it-may-or-may-not-be-done-read-it-again-in-a-moment = 无法确定操作是否已完成。请稍后重新读取。
memberships-can-t-be-read-or-changed-just-now-try-again-in-a-moment = 暂时无法读取或更改成员资格。请稍后重试。
memberships-can-t-be-read-just-now-try-again-in-a-moment = 暂时无法读取成员资格。请稍后重试。
this-list-can-t-be-shown-just-now-try-again-in-a-moment = 暂时无法显示此列表。请稍后重试。
the-lists-are-still-being-built-try-again-in-a-moment = 列表仍在生成中。请稍后重试。
the-lists-are-not-at-this-position-yet-try-again-in-a-moment = 列表尚未更新到此位置。请稍后重试。
it-is-done-but-can-t-be-shown-just-now-read-it-again-in-a-moment = 操作已完成，但暂时无法显示。请稍后重新读取。
only-members-and-backends-with-the-scope-for-it-may-ask-about-others = 只有成员和具有相应权限范围的后端服务可以查询他人的信息。
this-person-is-not-a-member-of-this-organization = 此人不是该组织的成员。
this-request-comes-from-another-site = 此请求来自其他网站。
the-form-could-not-be-read = 无法读取表单。
this-is-not-the-name-of-the-organization-type-it-exactly-as-it-is-shown = 输入的内容与组织名称不符。请按所示名称准确输入。
too-many-pages-are-open-close-some-or-try-again-in-a-moment = 打开的页面过多。请关闭一些，或稍后再试。
the-organization-has-changed-since-read-it-again-then-decide = 该组织此后已发生更改。请重新读取后再决定。
something-else-was-asked-under-this-key-before-take-a-new-key = 此密钥此前已用于其他请求。请使用新的密钥。
too-many-streams-are-open-close-some-or-try-again-in-a-moment = 打开的事件流过多。请关闭一些，或稍后再试。
the-journal-has-not-reached-this-position-it-was-restored-from-a-backup-begin-without-one = 日志尚未到达此位置：它是从备份恢复的。请不指定位置重新开始。
too-much-was-asked-at-once-try-again-in-a-moment = 一次请求的内容过多。请稍后重试。
