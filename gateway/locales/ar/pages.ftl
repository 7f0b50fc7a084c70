## Words on every page

product = Roster
window-title = { $page } · { $organization }
skip-to-content = الانتقال إلى المحتوى
navigation = المؤسسة
nav-dashboard = لوحة المعلومات
nav-members = الأعضاء
nav-history = السجل
nav-settings = الإعدادات
nav-organizations = مؤسساتك
signed-in-as = تم تسجيل الدخول باسم { $person }
sign-out = تسجيل الخروج
language = اللغة
language-save = تغيير اللغة
role-owner = مالك
role-admin = مشرف
role-member = عضو
cancel = إلغاء
save = حفظ
back = رجوع
you = أنت
nobody-known = شخص غير معروف
next-page = الصفحة التالية
first-page = الصفحة الأولى
not-reached = تعذّر الوصول إلى الخادم. لم يتغيّر أي شيء على حد علمنا. يُرجى التحقق من الاتصال وإعادة المحاولة.

## Signing in

sign-in = تسجيل الدخول
sign-in-development = يعمل هذا الخادم لأغراض التطوير: يستطيع كل من يصل إليه تسجيل الدخول باسم أي شخص. يُرجى اختيار شخص أو إدخال بياناته.
sign-in-people = أشخاص معروفون هنا
sign-in-somebody = شخص آخر
sign-in-user-id = معرّف المستخدم
sign-in-user-id-hint = المعرّف الذي يمنحه موفّر الهوية لهذا الشخص، مثل ana.
sign-in-name = الاسم
sign-in-email = عنوان البريد الإلكتروني
optional = اختياري
sign-in-elsewhere = يتم تسجيل الدخول عبر موفّر الهوية الخاص بمؤسستك، ثم تعود بعد ذلك إلى هنا.
sign-in-elsewhere-go = المتابعة إلى تسجيل الدخول
sign-in-unset = يتم تسجيل الدخول في التطبيق الذي أحالك إلى هنا. يُرجى الرجوع إليه وتسجيل الدخول، ثم فتح هذه الصفحة من جديد.

## Organizations of a person

select-title = مؤسساتك
select-none = ليست لديك عضوية في أي مؤسسة بعد.
select-invitations = الدعوات الموجّهة إليك
select-invitation = دعوة إلى { $organization }
select-found = إنشاء مؤسسة
invitation-role = بصفة { $role }
joined-on = العضوية منذ { $date }

## Onboarding

onboarding-title = إنشاء مؤسستك
onboarding-first = لا تنتمي إلى أي مؤسسة بعد. يمكنك إنشاء مؤسسة أو فتح دعوة أُرسلت إليك.
onboarding-another = سيكون لك دور المالك في المؤسسة الجديدة.
organization-name = الاسم
organization-slug = اسم الرابط
organization-slug-hint = من 2 إلى 48 حرفًا: من a إلى z، ومن 0 إلى 9، والشرطات. ويظهر في كل رابط إلى المؤسسة.
found = إنشاء المؤسسة

## Dashboard

dashboard-members = { $number ->
    [zero] لا أعضاء
    [one] عضو واحد
    [two] عضوان
    [few] { $number } أعضاء
    [many] { $number } عضوًا
   *[other] { $number } عضو
  }
dashboard-your-role = دورك
dashboard-latest = أحدث التغييرات
dashboard-none = لم يحدث شيء هنا بعد.
change-founded = إنشاء المؤسسة بواسطة { $actor }
change-renamed = تغيير اسم المؤسسة إلى { $name } بواسطة { $actor }
change-slug = تغيير اسم الرابط إلى { $slug } بواسطة { $actor }
change-profile = تغيير الملف التعريفي بواسطة { $actor }
change-invited = { $role ->
    [admin] دعوة شخص بصفة مشرف بواسطة { $actor }
   *[member] دعوة شخص بصفة عضو بواسطة { $actor }
  }
change-invitation-extended = تمديد دعوة بواسطة { $actor }
change-invitation-revoked = سحب دعوة بواسطة { $actor }
change-invitation-declined = رفض دعوة بواسطة { $actor }
change-invitation-accepted = قبول دعوة بواسطة { $actor }
change-joined = { $role ->
    [owner] انضمام { $person } بصفة مالك
    [admin] انضمام { $person } بصفة مشرف
   *[member] انضمام { $person } بصفة عضو
  }
change-role = { $role ->
    [admin] تغيير دور { $person } إلى مشرف بواسطة { $actor }
   *[member] تغيير دور { $person } إلى عضو بواسطة { $actor }
  }
change-transferred = نقل الملكية إلى { $person } بواسطة { $actor }
change-left = مغادرة { $person }
change-removed = إزالة { $person } بواسطة { $actor }
change-deleted = حذف المؤسسة بواسطة { $actor }

## Members

members-title = الأعضاء
members-search = البحث بالاسم أو البريد الإلكتروني
members-search-go = بحث
members-role = الدور
members-role-any = كل الأدوار
members-none = لا يوجد أعضاء يطابقون هذا البحث.
members-shown = { $number ->
    [zero] لا أعضاء
    [one] عضو واحد
    [two] عضوان
    [few] { $number } أعضاء
    [many] { $number } عضوًا
   *[other] { $number } عضو
  }
members-change-role = تغيير الدور
members-role-of = دور { $person }
members-remove = إزالة
members-remove-person = إزالة { $person }

## Invitations, as owner and admins see them

invite-title = دعوة شخص
invite-email = عنوان البريد الإلكتروني
invite-role = الدور
invite = دعوة
invitations-pending = الدعوات المعلّقة
invitations-pending-none = لا توجد دعوات معلّقة.
invitation-link = الرابط المطلوب إرساله
invitation-expires = صالحة حتى { $date }
invitation-expired-on = انتهت صلاحيتها في { $date }
invitation-again = تمديد
invitation-again-for = تمديد الدعوة الموجّهة إلى { $email }
invitation-revoke = سحب
invitation-revoke-for = سحب الدعوة الموجّهة إلى { $email }

## An invitation, as the person invited sees it

invitation-title = الانضمام إلى { $organization }
invitation-from = { $role ->
    [admin] وصلتك دعوة من { $person } للانضمام إلى { $organization } بصفة مشرف.
   *[member] وصلتك دعوة من { $person } للانضمام إلى { $organization } بصفة عضو.
  }
invitation-until = يمكنك قبول الدعوة حتى { $date }.
invitation-account = سيكون القبول باسم { $person }.
invitation-accept = قبول وانضمام
invitation-decline = رفض
invitation-over = لم يعد من الممكن قبول هذه الدعوة.

## Leaving

leave-option = مغادرة المؤسسة
leave-title = مغادرة { $organization }
leave-ends = ينتهي فورًا وصولك إلى كل ما في { $organization } على جميع الأجهزة.
leave-return = تتطلب العودة دعوة جديدة من المالك أو من أحد المشرفين.
leave-own-decision = هذا قرارك الشخصي، وليس إزالةً من جانب شخص آخر.
leave-account = الحساب
leave-role = الدور
leave-confirm = مغادرة { $organization }

## History, as the owner, admins and auditors see it

history-title = السجل
history-over-time = الأعضاء عبر الزمن
history-movements = الانضمام والمغادرة
history-members-told = من { $from } إلى { $to }. أكبر عدد للأعضاء: { $most }. العدد الآن: { $now }.
history-movements-told = من { $from } إلى { $to }. الانضمام: { $joined }. المغادرة: { $left }. الإزالة: { $removed }.
history-up = الانضمام: أعمدة ممتلئة، إلى الأعلى
history-down = المغادرة أو الإزالة: أعمدة مفرغة، إلى الأسفل
history-numbers = الأرقام نفسها في جدول
history-by-day = الأعضاء حسب اليوم (UTC)
history-by-week = الأعضاء حسب الأسبوع بدءًا من الاثنين (UTC)
history-by-month = الأعضاء حسب الشهر (UTC)
history-day = اليوم
history-week = أسبوع
history-month = الشهر
history-joined = الانضمام
history-left = المغادرة
history-removed = الإزالة
history-members = الأعضاء
history-as-of-title = الأعضاء في يوم معيّن
history-as-of = أي يوم
history-as-of-hint = الحالة في نهاية اليوم بتوقيت UTC؛ ولهذا اليوم الحالة الراهنة.
history-as-of-go = عرض
history-then-day = في نهاية { $date } (UTC)
history-then-moment = في { $moment }
history-then-nobody = لم تكن المؤسسة قد أُنشئت بعد.
history-since = العضوية منذ { $moment }، بواسطة { $actor }
history-role-since = { $role } منذ { $moment }، بواسطة { $actor }
history-events = ما حدث
history-actor = مسجّل باسم { $actor }
history-reason = السبب: { $reason }
history-happened = حدث في { $moment } وسُجّل هنا لاحقًا
history-older = أحداث أقدم
history-newest = أحدث الأحداث

## Settings

settings-title = الإعدادات
settings-profile = الملف التعريفي
settings-slug-note = ستتوقف الروابط التي تحمل اسم الرابط السابق عن العمل، وقد يستخدمه غيرك.
settings-id = معرّف المؤسسة
danger-title = إجراءات حساسة
danger-leave = مغادرة هذه المؤسسة
danger-leave-note = ينتهي وصولك فورًا، وتتطلب العودة دعوة جديدة.
danger-owner-why = لديك دور المالك، ولذلك لا يمكنك المغادرة: لكل مؤسسة مالك واحد دائمًا. أمامك طريقتان للتخلي عن هذا الدور.
danger-transfer = نقل الملكية
danger-transfer-note = تنتقل الملكية إلى عضو آخر، ويصبح دورك مشرفًا. بعد ذلك يمكنك المغادرة.
danger-delete = حذف المؤسسة
danger-delete-note = تنتهي جميع العضويات فورًا، بما فيها عضويتك. لا يمكن التراجع عن هذا الإجراء.

## Confirmations

remove-title = إزالة { $person }
remove-ends = ينتهي فورًا وصول { $person } إلى كل ما في { $organization }.
remove-return = تتطلب العودة دعوة جديدة.
remove-confirm = إزالة { $person }
transfer-title = نقل الملكية
transfer-choose = إلى من تنتقل ملكية { $organization }؟
transfer-nobody = لا يوجد أشخاص آخرون هنا بعد. يُرجى دعوة شخص أولًا.
transfer-person-title = نقل الملكية إلى { $person }
transfer-ends = تنتقل ملكية { $organization } فورًا إلى { $person }. ويصبح دورك مشرفًا، ولن يمكنك التراجع عن ذلك بنفسك.
transfer-confirm = نقل الملكية إلى { $person }
delete-title = حذف { $organization }
delete-ends = تنتهي فورًا جميع العضويات في { $organization }، بما فيها عضويتك. ولن يتمكن أحد من فتح المؤسسة بعد ذلك، ولا يمكن التراجع عن هذا الإجراء.
delete-confirm = حذف { $organization }
type-the-name = للتأكيد، يُرجى كتابة اسم المؤسسة:

## Notices: one sentence at the top of the page that comes next

notice-left = لقد غادرت { $organization }
notice-founded = تم إنشاء { $organization }، ولديك الآن دور المالك.
notice-joined = مرحبًا بك في { $organization }
notice-declined = تم رفض الدعوة إلى { $organization }.
notice-invited = الدعوة جاهزة. يُرجى إرسال الرابط إلى الشخص المدعو.
notice-extended = تم تمديد صلاحية الدعوة.
notice-revoked = تم سحب الدعوة.
notice-role-changed = تم تغيير الدور.
notice-removed = انتهت عضوية { $person }.
notice-transferred = انتقلت الملكية إلى { $person }، وأصبح دورك مشرفًا.
notice-deleted = تم حذف { $organization }.
notice-saved = تم حفظ التغييرات.
notice-not-there = هذه المؤسسة غير موجودة، أو ليست لديك عضوية فيها.
notice-signed-out = تم تسجيل خروجك.

## When something fails

problem-again = إعادة المحاولة
problem-home = الانتقال إلى مؤسساتك
