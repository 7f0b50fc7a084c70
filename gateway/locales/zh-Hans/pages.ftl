## Words on every page

product = Roster
window-title = { $page } · { $organization }
skip-to-content = 跳至正文
navigation = 组织
nav-dashboard = 概览
nav-members = 成员
nav-history = 历史记录
nav-settings = 设置
nav-organizations = 我的组织
signed-in-as = 当前登录身份：{ $person }
sign-out = 退出登录
language = 语言
language-save = 更改语言
role-owner = 所有者
role-admin = 管理员
role-member = 成员
cancel = 取消
save = 保存
back = 返回
you = 您
nobody-known = 未知人员
next-page = 下一页
first-page = 第一页
not-reached = 无法连接服务器。据我们所知，未做任何更改。请检查网络连接，然后重试。

## Signing in

sign-in = 登录
sign-in-development = 此服务器在开发模式下运行：任何能访问它的人都可以用任意身份登录。请选择或输入一个身份。
sign-in-people = 已知人员
sign-in-somebody = 其他人
sign-in-user-id = 用户 ID
sign-in-user-id-hint = 身份提供商为此人分配的 ID，例如 ana。
sign-in-name = 姓名
sign-in-email = 电子邮件地址
optional = 选填
sign-in-elsewhere = 请通过组织的身份提供商登录，登录后将返回此处。
sign-in-elsewhere-go = 前往登录
sign-in-unset = 请在将您带到此处的应用中登录。返回该应用并登录，然后重新打开此页面。

## Organizations of a person

select-title = 我的组织
select-none = 您尚未加入任何组织。
select-invitations = 收到的邀请
select-invitation = 加入 { $organization } 的邀请
select-found = 创建组织
invitation-role = 角色：{ $role }
joined-on = { $date } 加入

## Onboarding

onboarding-title = 创建您的组织
onboarding-first = 您尚不属于任何组织。请创建一个组织，或打开收到的邀请。
onboarding-another = 您将成为新组织的所有者。
organization-name = 名称
organization-slug = 网址标识
organization-slug-hint = 2 至 48 个字符：a 至 z、0 至 9 和连字符。它会出现在该组织的每个链接中。
found = 创建组织

## Dashboard

dashboard-members = { $number } 名成员
dashboard-your-role = 您的角色
dashboard-latest = 最近更改
dashboard-none = 暂无任何更改。
change-founded = { $actor } 创建了组织
change-renamed = { $actor } 将组织更名为 { $name }
change-slug = { $actor } 将网址标识更改为 { $slug }
change-profile = { $actor } 更改了组织资料
change-invited = { $role ->
    [admin] { $actor } 邀请了一人担任管理员
   *[member] { $actor } 邀请了一人成为成员
  }
change-invitation-extended = { $actor } 延长了邀请的有效期
change-invitation-revoked = { $actor } 撤回了一份邀请
change-invitation-declined = { $actor } 谢绝了一份邀请
change-invitation-accepted = { $actor } 接受了一份邀请
change-joined = { $role ->
    [owner] { $person } 以所有者身份加入
    [admin] { $person } 以管理员身份加入
   *[member] { $person } 以成员身份加入
  }
change-role = { $role ->
    [admin] { $actor } 将 { $person } 设为管理员
   *[member] { $actor } 将 { $person } 设为成员
  }
change-transferred = { $actor } 将 { $person } 设为所有者
change-left = { $person } 退出了组织
change-removed = { $actor } 移除了 { $person }
change-deleted = { $actor } 删除了组织

## Members

members-title = 成员
members-search = 按姓名或电子邮件搜索
members-search-go = 搜索
members-role = 角色
members-role-any = 所有角色
members-none = 没有符合搜索条件的成员。
members-shown = { $number } 名成员
members-change-role = 更改角色
members-role-of = { $person } 的角色
members-remove = 移除
members-remove-person = 移除 { $person }

## Invitations, as owner and admins see them

invite-title = 邀请他人
invite-email = 电子邮件地址
invite-role = 角色
invite = 邀请
invitations-pending = 待处理的邀请
invitations-pending-none = 没有待处理的邀请。
invitation-link = 待发送的链接
invitation-expires = 有效期至 { $date }
invitation-expired-on = 已于 { $date } 过期
invitation-again = 延期
invitation-again-for = 延长对 { $email } 的邀请
invitation-revoke = 撤回
invitation-revoke-for = 撤回对 { $email } 的邀请

## An invitation, as the person invited sees it

invitation-title = 加入 { $organization }
invitation-from = { $role ->
    [admin] { $person } 邀请您以管理员身份加入 { $organization }。
   *[member] { $person } 邀请您以成员身份加入 { $organization }。
  }
invitation-until = 您可以在 { $date } 之前接受邀请。
invitation-account = 您将以 { $person } 的身份接受邀请。
invitation-accept = 接受并加入
invitation-decline = 谢绝
invitation-over = 此邀请已无法接受。

## Leaving

leave-option = 退出组织
leave-title = 退出 { $organization }
leave-ends = 您将立即在所有设备上失去对 { $organization } 全部内容的访问权限。
leave-return = 如需重新加入，须由所有者或管理员再次邀请。
leave-own-decision = 这是您自己的决定，并非由他人移除。
leave-account = 账号
leave-role = 角色
leave-confirm = 退出 { $organization }

## History, as the owner, admins and auditors see it

history-title = 历史记录
history-over-time = 成员数量变化
history-movements = 加入与离开
history-members-told = { $from } 至 { $to }。成员最多时：{ $most }。现在：{ $now }。
history-movements-told = { $from } 至 { $to }。加入：{ $joined }。退出：{ $left }。移除：{ $removed }。
history-up = 加入：实心，向上
history-down = 退出或被移除：空心，向下
history-numbers = 以表格查看相同数字
history-by-day = 每日成员（UTC）
history-by-week = 每周成员，从星期一开始（UTC）
history-by-month = 每月成员（UTC）
history-day = 日期
history-week = 周起始日
history-month = 月份
history-joined = 加入
history-left = 退出
history-removed = 移除
history-members = 成员
history-as-of-title = 某一天的成员
history-as-of = 哪一天
history-as-of-hint = 以 UTC 当天结束时为准；如果是今天，则为当前状态。
history-as-of-go = 显示
history-then-day = { $date } 结束时（UTC）
history-then-moment = 截至 { $moment }
history-then-nobody = 当时组织尚未创建。
history-since = 自 { $moment } 起为成员，操作者：{ $actor }
history-role-since = 自 { $moment } 起为{ $role }，操作者：{ $actor }
history-events = 发生的事件
history-actor = 记录为 { $actor }
history-reason = 原因：{ $reason }
history-happened = 发生于 { $moment }，之后才记录在此
history-older = 更早的事件
history-newest = 最新的事件

## Settings

settings-title = 设置
settings-profile = 资料
settings-slug-note = 使用原网址标识的链接将失效，且该标识可能被他人使用。
settings-id = 组织 ID
danger-title = 危险操作
danger-leave = 退出此组织
danger-leave-note = 您的访问权限将立即终止。如需重新加入，须再次获得邀请。
danger-owner-why = 您是所有者，因此无法退出：组织必须始终有且仅有一位所有者。您可以通过以下两种方式卸任。
danger-transfer = 转让所有权
danger-transfer-note = 另一位成员将成为所有者，您将成为管理员。之后您便可退出。
danger-delete = 删除组织
danger-delete-note = 所有人的成员资格将立即终止，包括您自己的。此操作无法撤销。

## Confirmations

remove-title = 移除 { $person }
remove-ends = { $person } 将立即失去对 { $organization } 全部内容的访问权限。
remove-return = 如需重新加入，须再次获得邀请。
remove-confirm = 移除 { $person }
transfer-title = 转让所有权
transfer-choose = 由谁担任 { $organization } 的所有者？
transfer-nobody = 这里还没有其他人。请先邀请他人加入。
transfer-person-title = 将 { $person } 设为所有者
transfer-ends = { $person } 将立即成为 { $organization } 的所有者。您将成为管理员，且无法自行撤销此操作。
transfer-confirm = 将 { $person } 设为所有者
delete-title = 删除 { $organization }
delete-ends = { $organization } 中所有人的成员资格将立即终止，包括您自己的。此后任何人都无法打开该组织，且此操作无法撤销。
delete-confirm = 删除 { $organization }
type-the-name = 请输入组织名称以确认：

## Notices: one sentence at the top of the page that comes next

notice-left = 您已退出 { $organization }
notice-founded = { $organization } 已创建，您是该组织的所有者。
notice-joined = 欢迎加入 { $organization }
notice-declined = 已谢绝加入 { $organization } 的邀请。
notice-invited = 邀请已就绪。请将链接发送给受邀人。
notice-extended = 邀请的有效期已延长。
notice-revoked = 邀请已撤回。
notice-role-changed = 角色已更改。
notice-removed = { $person } 已不再是成员。
notice-transferred = { $person } 现在是所有者，您现在是管理员。
notice-deleted = { $organization } 已删除。
notice-saved = 更改已保存。
notice-not-there = 该组织不存在，或者您不是其成员。
notice-signed-out = 您已退出登录。

## When something fails

problem-again = 重试
problem-home = 前往我的组织
