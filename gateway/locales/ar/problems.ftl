## Kinds of failure, in a few words

the-request-is-not-valid = الطلب غير صالح
sign-in-first = يلزم تسجيل الدخول أولًا
not-a-member = لا توجد عضوية
not-permitted = غير مسموح
the-invitation-is-for-somebody-else = الدعوة موجّهة إلى شخص آخر
e-mail-address-not-verified = لم يتم التحقق من عنوان البريد الإلكتروني
nothing-is-here = لا يوجد شيء هنا
organization-not-found = تعذّر العثور على المؤسسة
member-not-found = تعذّر العثور على العضو
invitation-not-found = تعذّر العثور على الدعوة
method-not-allowed = الطريقة غير مسموح بها
the-request-took-too-long-to-arrive = استغرق وصول الطلب وقتًا أطول من اللازم
already-founded = سبق إنشاء المؤسسة
the-owner-can-t-leave = لا يمكن للمالك المغادرة
the-owner-can-t-be-removed = لا يمكن إزالة المالك
already-a-member = العضوية قائمة بالفعل
already-invited = سبق توجيه دعوة
already-the-owner = دور المالك قائم بالفعل
slug-taken = اسم الرابط مستخدَم بالفعل
invitation-settled = سبق البتّ في الدعوة
the-inviter-has-gone = انتهت عضوية صاحب الدعوة
invitation-expired = انتهت صلاحية الدعوة
the-body-is-too-large = نص الطلب أكبر من المسموح به
unsupported-media-type = نوع الوسائط غير مدعوم
changed-meanwhile = تغيّر في هذه الأثناء
key-used-before = المفتاح مستخدم من قبل
too-many-requests = طلبات كثيرة جدًا
not-available-now = غير متاح حاليًا
something-went-wrong-here = حدث خطأ من جانبنا

## Rules that were broken

there-is-no-such-organization-or-you-are-not-a-member-of-it = هذه المؤسسة غير موجودة، أو ليست لديك عضوية فيها.
an-organization-with-this-id-exists-already = توجد بالفعل مؤسسة بهذا المعرّف.
another-organization-has-this-slug = اسم الرابط هذا مستخدَم لدى مؤسسة أخرى.
only-the-owner-and-admins-may-do-this = هذا الإجراء متاح للمالك والمشرفين فقط.
only-the-owner-may-do-this = هذا الإجراء متاح للمالك فقط.
the-role-owner-can-t-be-given-ownership-is-transferred-by-the-owner = لا يمكن منح دور المالك؛ فالملكية ينقلها المالك.
the-owner-s-role-can-t-be-changed-ownership-is-transferred-by-the-owner = لا يمكن تغيير دور المالك؛ فالملكية ينقلها المالك.
there-is-no-such-member-in-this-organization = لا يوجد عضو كهذا في هذه المؤسسة.
the-owner-can-t-leave-transfer-ownership-to-another-member-or-delete-the-organization-first = لا يمكن للمالك المغادرة. يلزم أولًا نقل الملكية إلى عضو آخر أو حذف المؤسسة.
this-member-is-the-owner-already = هذا العضو هو المالك بالفعل.
this-person-is-a-member-already = هذا الشخص عضو بالفعل.
this-address-has-a-pending-invitation-already = توجد بالفعل دعوة معلّقة لعنوان البريد الإلكتروني هذا.
there-is-no-such-invitation = لا توجد دعوة كهذه.
this-invitation-was-accepted-declined-or-revoked-before = سبق قبول هذه الدعوة أو رفضها أو سحبها.
this-invitation-has-expired-ask-for-a-new-one = انتهت صلاحية هذه الدعوة. يُرجى طلب دعوة جديدة.
this-invitation-is-for-another-e-mail-address = هذه الدعوة موجّهة إلى عنوان بريد إلكتروني آخر.
your-e-mail-address-is-not-verified-by-your-identity-provider = لم يتحقق موفّر الهوية من عنوان بريدك الإلكتروني.
whoever-invited-you-is-no-longer-a-member-ask-for-a-new-invitation = انتهت عضوية الشخص الذي دعاك. يُرجى طلب دعوة جديدة.

## What a value must be; the name of the field stands before it

must-be-an-e-mail-address = يجب إدخال عنوان بريد إلكتروني
must-be-a-uuid = يجب إدخال UUID
must-be-1-to-255-printable-characters = يجب إدخال 1 إلى 255 حرفًا قابلًا للطباعة
must-be-1-to-2048-printable-characters = يجب إدخال 1 إلى 2048 حرفًا قابلًا للطباعة
must-not-contain-u-0000-nor-be-nested-deeper-than-32-levels = لا يُسمح باحتواء ⁦U+0000⁩ ولا بتداخل يتجاوز 32 مستوى
must-be-at-most-16-kib = يجب ألّا يتجاوز الحجم ⁦16 KiB⁩
must-be-an-object = يجب إدخال كائن
must-be-one-of-owner-admin-member = يجب إدخال إحدى القيم owner أو admin أو member
must-be-2-to-48-characters-of-a-z-0-9-and-hyphen = يجب إدخال 2 إلى 48 حرفًا من ⁦a-z⁩ و⁦0-9⁩ والشرطة
must-not-start-or-end-with-a-hyphen-nor-have-two-in-a-row = لا يُسمح بشرطة في البداية أو النهاية ولا بشرطتين متتاليتين
must-not-look-like-an-id = لا يُسمح بصيغة تشبه المعرّف
is-reserved = قيمة محجوزة
must-not-contain-control-characters-or-text-direction-controls = لا يُسمح بأحرف التحكم ولا برموز التحكم في اتجاه النص
must-be-1-to-100-characters = يجب إدخال 1 إلى 100 حرف
must-be-joined-at-or-joined-at = يجب إدخال ⁦joined_at⁩ أو ⁦-joined_at⁩
must-be-a-known-permission = يجب أن تكون صلاحية معروفة
can-t-be-given-here-each-row-leads-to-a-version-of-its-own = لا يمكن ذكره هنا: فكل صف يؤدي إلى إصدار خاص به
must-be-given-once = يجب إدخال القيمة مرة واحدة فقط
must-be-a-whole-number = يجب إدخال عدد صحيح
is-missing = القيمة مفقودة
must-be-a-whole-number-from-1-to-200 = يجب إدخال عدد صحيح من 1 إلى 200
may-be-1-000-at-most = يجب ألّا يتجاوز العدد 1000
must-be-a-whole-number-from-1-to-1000 = يجب إدخال عدد صحيح من 1 إلى 1000
must-be-a-whole-number-the-last-sequence-you-have = يجب إدخال عدد صحيح: آخر رقم تسلسلي لديك
must-be-at-most-100-characters = يجب ألّا يتجاوز الطول 100 حرف
must-be-a-next-cursor-of-the-same-list-and-order = يجب إدخال next_cursor من القائمة نفسها وبالترتيب نفسه

named-mistake = { $field }: { $mistake }

## What went wrong this time

there-is-nothing-at-this-address = لا يوجد شيء على هذا العنوان.
this-address-does-not-take-this-method = لا يقبل هذا العنوان هذه الطريقة.
send-a-token-authorization-bearer-in-development-roster-token-prints-one = يُرجى إرسال رمز مميّز: ⁦'Authorization: Bearer …'⁩. أثناء التطوير، يعرض الأمر ⁦'roster token'⁩ رمزًا مميّزًا.
tokens-can-t-be-verified-just-now = يتعذّر حاليًا التحقق من الرموز المميّزة.
the-token-is-not-valid-here-or-has-expired = الرمز المميّز غير صالح هنا أو انتهت صلاحيته.
acting-for-others-needs-the-scope-roster-act-as = يتطلب التصرف نيابةً عن الآخرين النطاق ⁦roster:act-as⁩.
reading-the-events-of-all-organizations-needs-the-scope-roster-audit = تتطلب قراءة أحداث جميع المؤسسات النطاق ⁦roster:audit⁩.
erasing-somebody-else-needs-the-scope-roster-admin = يتطلب محو بيانات شخص آخر النطاق ⁦roster:admin⁩.
reading-when-people-were-erased-needs-the-scope-roster-audit = تتطلب قراءة أوقات محو بيانات الأشخاص النطاق ⁦roster:audit⁩.
this-person-became-the-owner-meanwhile-and-may-have-left-other-organizations-already-transfer-ownership-then-ask-again = أصبح هذا الشخص المالك في هذه الأثناء، وربما غادر مؤسسات أخرى بالفعل. يلزم نقل الملكية أولًا ثم المحاولة مرة أخرى.
the-authorization-header-must-be-bearer-token = يجب أن تكون قيمة الترويسة Authorization هي ⁦'Bearer <token>'⁩.
send-one-authorization-header = يُرجى إرسال ترويسة Authorization واحدة.
the-database-can-t-be-reached-yet-try-again-in-a-moment = يتعذّر الوصول إلى قاعدة البيانات بعد. يُرجى إعادة المحاولة بعد لحظات.
send-the-body-as-application-json = يُرجى إرسال نص الطلب بصيغة ⁦application/json⁩.
the-body-must-have-1-to-1-000-rows = يجب أن يتضمّن نص الطلب من 1 إلى 1000 صف.
the-body-may-have-64-kib-at-most = يجب ألّا يتجاوز نص الطلب ⁦64 KiB⁩.
the-body-may-have-1-mib-at-most = يجب ألّا يتجاوز نص الطلب ⁦1 MiB⁩.
the-body-could-not-be-read = تعذّرت قراءة نص الطلب.
the-body-did-not-arrive-in-time = لم يصل نص الطلب في الوقت المحدد.
the-body-must-be-a-json-object = يجب أن يكون نص الطلب كائن JSON.
the-body-must-be-one-json-object-and-nothing-after-it = يجب أن يكون نص الطلب كائن JSON واحدًا لا يتبعه شيء.
the-query-is-not-well-formed = صيغة الاستعلام غير صحيحة.
this-is-a-mistake-of-roster-s-and-was-logged = هذا خطأ من جانب Roster، وقد تم تسجيله.
it-may-or-may-not-be-done-read-it-again-in-a-moment = ربما تمّت العملية وربما لم تتم. يُرجى إعادة القراءة بعد لحظات.
memberships-can-t-be-read-or-changed-just-now-try-again-in-a-moment = تتعذّر حاليًا قراءة العضويات أو تغييرها. يُرجى إعادة المحاولة بعد لحظات.
memberships-can-t-be-read-just-now-try-again-in-a-moment = تتعذّر حاليًا قراءة العضويات. يُرجى إعادة المحاولة بعد لحظات.
this-list-can-t-be-shown-just-now-try-again-in-a-moment = يتعذّر حاليًا عرض هذه القائمة. يُرجى إعادة المحاولة بعد لحظات.
the-lists-are-still-being-built-try-again-in-a-moment = لا يزال إعداد القوائم جاريًا. يُرجى إعادة المحاولة بعد لحظات.
the-lists-are-not-at-this-position-yet-try-again-in-a-moment = لم تصل القوائم إلى هذا الموضع بعد. يُرجى إعادة المحاولة بعد لحظات.
it-is-done-but-can-t-be-shown-just-now-read-it-again-in-a-moment = تمّت العملية، لكن يتعذّر عرضها حاليًا. يُرجى إعادة القراءة بعد لحظات.
only-members-and-backends-with-the-scope-for-it-may-ask-about-others = الاستعلام عن الآخرين متاح فقط للأعضاء وللخدمات الخلفية التي تملك النطاق اللازم.
this-person-is-not-a-member-of-this-organization = هذا الشخص ليس عضوًا في هذه المؤسسة.
this-request-comes-from-another-site = هذا الطلب وارد من موقع آخر.
the-form-could-not-be-read = تعذّرت قراءة النموذج.
this-is-not-the-name-of-the-organization-type-it-exactly-as-it-is-shown = هذا ليس اسم المؤسسة. يُرجى كتابته كما هو معروض تمامًا.
too-many-pages-are-open-close-some-or-try-again-in-a-moment = عدد الصفحات المفتوحة كبير جدًا. يُرجى إغلاق بعضها أو إعادة المحاولة بعد قليل.
the-organization-has-changed-since-read-it-again-then-decide = تغيّرت المؤسسة منذ ذلك الحين. اقرأها من جديد ثم قرّر.
something-else-was-asked-under-this-key-before-take-a-new-key = طُلب شيء آخر بهذا المفتاح من قبل. استخدم مفتاحًا جديدًا.
too-many-streams-are-open-close-some-or-try-again-in-a-moment = عدد تدفقات الأحداث المفتوحة كبير جدًا. يُرجى إغلاق بعضها أو إعادة المحاولة بعد قليل.
the-journal-has-not-reached-this-position-it-was-restored-from-a-backup-begin-without-one = لم يصل السجل إلى هذا الموضع: لقد استُعيد من نسخة احتياطية. ابدأ من دون موضع.
too-much-was-asked-at-once-try-again-in-a-moment = طُلب الكثير دفعة واحدة. يُرجى إعادة المحاولة بعد لحظات.
