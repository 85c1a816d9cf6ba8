import type { Sentence } from '../../worker/model/messages.ts';
import type { ProblemCode } from '../../worker/model/problem-sentences.ts';
import { formsAround } from './ar-forms.ts';

const counted = (
  by: string,
  words: Parameters<typeof formsAround>[0],
  sentence: (words: string) => string,
): Sentence => ({ by, ...formsAround(words, sentence) });

/** After a preposition. */
const SECONDS = {
  zero: '{seconds} ثانية',
  one: 'ثانية واحدة',
  two: 'ثانيتين',
  few: '{seconds} ثوانٍ',
  many: '{seconds} ثانية',
  other: '{seconds} ثانية',
};

/** As a subject. */
const FAULTS = {
  zero: '{count} خطأ',
  one: 'خطأ واحد',
  two: 'خطآن',
  few: '{count} أخطاء',
  many: '{count} خطأً',
  other: '{count} خطأ',
};

const again = (limit: string): Sentence =>
  counted('seconds', SECONDS, (seconds) => `${limit}. لم يغيّر هذا الطلب شيئًا: أعد إرساله بعد ${seconds}`);

/** Why a call is refused, in Arabic. */
export const arProblemSentences: { readonly [code in ProblemCode]: Sentence } = {
  'key-missing': 'لا بد من مفتاح من مفاتيح فريق العمل في رأس الطلب: Authorization: Bearer …',
  'key-foreign': 'هذا ليس مفتاحًا من مفاتيح هذا الموقع',
  'key-revoked': 'أُلغي هذا المفتاح',
  'key-unknown': 'هذا المفتاح ملغى أو غير معروف',
  'key-expired': 'انتهت صلاحية هذا المفتاح في {at}',
  'https-needed':
    'لا تُقبل طلبات فريق العمل إلا عبر https، وهذا الطلب ورد عبر http بلا تشفير. إن كان فيه مفتاح فربما قرأه أحد في الطريق: ألغه وأصدر مفتاحًا جديدًا ثم أرسل الطلب عبر https',
  'operator-only': 'لا يحق هذا إلا للمشغّل',
  'import-by-operator': 'لا يحق استيراد المواد إلا للمشغّل',
  'key-of-agency': 'هذا مفتاح الجهة {agency}، ولا يصلح للعمل باسم {named}',
  'header-agency-unknown': 'في رأس الطلب Nashra-Agency الجهة {named}، وليست من جهات هذا الموقع',
  'scope-lacks':
    'نطاق هذا المفتاح {scope}، وينقصه {lacks|or}. يصدر المشغّل مفاتيح بنطاق آخر عن طريق POST keys',
  'scope-lacks-metric': 'نطاق هذا المفتاح {scope}، وينقصه figures:{metric}',
  'owner-other':
    'تعود {what} إلى الجهة {owner}، وهذا الطلب باسم {agency} (يحدد المشغّل الجهة في رأس الطلب Nashra-Agency)',
  'rights-lacking':
    'ليس للجهة {agency} أن تنشر هذا، إذ تنقصها هذه الحقوق: {rights}. يمنحها المشغّل في الإعدادات (agencies وفيها may)',
  'rights-lacking-edit':
    'ليس للجهة {agency} أن تنشر هذا، إذ تنقصها هذه الحقوق: {rights}. لها من دونها أن تسحب ما نشرته وأن تقدّم موعد انتهاء الخبر العاجل، أما التصحيح فللمشغّل، وهو الذي يمنح الحقوق في الإعدادات (agencies وفيها may)',
  'metric-foreign':
    'تعلن الرقم {metric} الجهة {owners}، وهذا الطلب باسم {agency} (يحدد المشغّل الجهة في رأس الطلب Nashra-Agency)',
  'remark-of-other':
    'تعلن الرقم {metric} الجهة {owners}، وهذا الطلب باسم {agency} (يحدد المشغّل الجهة في رأس الطلب Nashra-Agency)',
  'remark-of-former':
    'صارت الجهة {owners} تعلن الرقم {metric}: للجهة {agency} أن تسحب هذا التنبيه أو تقدّم آخر أيامه (until)، لا غير. اطلب الزيادة من {owners} أو تصحيح العبارة من المشغّل',
  'columns-of-totals':
    'ليس في الأعمدة {columns} إلا مجاميع يحسبها الموقع ولا تعلنها جهة، وهذا الطلب باسم {agency}',
  'columns-of-others': 'تعلن الأعمدة {columns} الجهة {owners}، وهذا الطلب باسم {agency}',
  'columns-out-of-scope':
    'تعلن الأعمدة {columns} الجهة {owners} (ونطاق هذا المفتاح {scope})، وهذا الطلب باسم {agency}',

  'path-unknown': 'لا يوجد {path}',
  'path-no-date': '«{text}» ليس تاريخًا: اكتبه على صورة YYYY-MM-DD',
  'date-without-figures': 'ليس في هذا الموقع أرقام ليوم {date}',
  'item-unknown': 'لا توجد في {collection} مادة معرّفها {id}',
  'key-id-unknown': 'لا يوجد مفتاح معرّفه {id}',
  'entry-unknown': 'ليس في السجل قيد رقمه {id}',
  'settings-unknown': 'لا إعدادات للموقع بعد',
  'method-unknown': 'لا يقبل {path} الطريقة {method}',

  'body-too-large': 'الحد الأقصى لحجم الطلب {most} بايت: أرسله على أجزاء',
  'body-encoded': 'يجب أن يُرسل الطلب من دون Content-Encoding، وقد ورد بترميز {coding}',
  'media-type-missing': 'لا بد من ذكر نوع المحتوى في Content-Type، وهو {types|or}',
  'media-type-other': 'يجب أن يكون نوع المحتوى {types|or} لا {type}',
  'body-not-utf8': 'نص الطلب ليس بترميز UTF-8',
  'file-not-utf8': 'الملف ليس بترميز UTF-8: احفظه بصيغة CSV UTF-8',
  'body-missing': 'الطلب خالٍ، ولا بد فيه من JSON',
  'body-missing-file': 'الطلب خالٍ، ولا بد فيه من ملف أرقام بصيغة CSV أو من JSON',
  'json-too-deep': 'مستويات التداخل في نص الطلب أكثر مما يُقبل، والحد الأقصى {most}',
  'json-form': 'نص الطلب ليس JSON صحيحًا: {error}',
  'json-name-first': 'في نص الطلب ما يُفهم على أكثر من وجه: تكرر الاسم {pointer} في الكائن نفسه',
  'json-name-first-more':
    'في نص الطلب ما يُفهم على أكثر من وجه: تكرر الاسم {pointer} في الكائن نفسه، وفيه غير ذلك: انظر errors',
  'json-number-first':
    'في نص الطلب ما يُفهم على أكثر من وجه: لا يمكن حفظ العدد {number} في {pointer} كما كُتب، إذ يصبح {kept}',
  'json-number-first-more':
    'في نص الطلب ما يُفهم على أكثر من وجه: لا يمكن حفظ العدد {number} في {pointer} كما كُتب، إذ يصبح {kept}، وفيه غير ذلك: انظر errors',
  'json-name-twice': 'تكرر هذا الاسم في الكائن نفسه',
  'json-number': 'لا يمكن حفظ العدد {number} كما كُتب، إذ يصبح {kept}',
  'idempotency-form': 'يجب أن يكون رأس الطلب Idempotency-Key من رموز ASCII المرئية، وعددها من 1 إلى 255',

  'body-faults': counted('count', FAULTS, (faults) => `في الطلب ${faults}: انظر errors`),
  'body-faults-more': counted(
    'count',
    FAULTS,
    (faults) => `في الطلب ${faults} على الأقل: انظر أولها في errors`,
  ),
  'faults-more': counted('count', FAULTS, (faults) => `وبقي ${faults} على الأقل`),
  'cursor-form': 'يجب أن تؤخذ قيمة {name} في العنوان من next في هذه القائمة',
  'idempotency-used': 'استُخدم Idempotency-Key بقيمة {key} لطلب آخر، ويبقى محجوزًا مدةً بالأيام هي {days}',

  'settings-missing': 'لا إعدادات للموقع بعد: أرسل أولًا PUT /api/v1/staff/site',
  'item-withdrawn': 'سُحبت المادة {id} من {collection} في {at}، فلا يمكن تغييرها',
  'item-not-withdrawn': 'يجب سحب المادة {id} من {collection} قبل محو نصها',
  'key-revoked-before': 'أُلغي المفتاح {id} في {at}',
  'entry-erased': 'مُحي القيد {entry} من قبل',
  'entry-kept': 'القيد {entry} من نوع {kind}، ولا يمكن محو محتواه',
  'entry-first-form':
    'القيد {entry} من الصيغة الأولى، وبصمته تشمل محتواه كله، فلا يُمحى إلا كاملًا، من دون cells وitems وentryReason',
  'figures-doubtful':
    'ربما كانت الأرقام خاطئة: انظر notes. صححها، أو أعد إرسالها مع معرّفات الملاحظات كلها في confirm ومع ذكر السبب',
  'figures-doubtful-more':
    'ربما كانت الأرقام خاطئة: انظر أول الأسباب في notes. صححها، أو أعد إرسالها مع معرّفات الملاحظات كلها في confirm ومع ذكر السبب',
  'version-other': 'في If-Match النسخة {sent}، والنسخة الحالية {current}: اقرأها من جديد ثم أعد التعديل',
  'etag-other': 'النسخة الحالية {current}، وليست التي حددها الطلب',

  'bad-keys': counted(
    'seconds',
    SECONDS,
    (seconds) => `كثرت الطلبات بمفتاح خاطئ: أعد المحاولة بعد ${seconds}`,
  ),
  'rate-here': again('طلبات هذا المفتاح أكثر مما يُقبل'),
  'rate-bodies-here': again('الطلبات الكبيرة بهذا المفتاح أكثر مما يُقبل'),
  'rate-calls': again(
    'الحد الأقصى لعدد الطلبات بالمفتاح الواحد في الثانية {rate} على المدى الطويل، ودفعةً واحدة {burst}',
  ),
  'rate-bodies': again(
    'الحد الأقصى لحجم ما يُرسل بالمفتاح الواحد في الثانية {rate} بايت على المدى الطويل، ودفعةً واحدة {burst}',
  ),
  'rate-answers': again(
    'الحد الأقصى لحجم الردود على المفتاح الواحد في الثانية {rate} بايت على المدى الطويل، ودفعةً واحدة {burst}',
  ),
  'rate-at-once': again('الحد الأقصى لعدد الطلبات الجارية بالمفتاح الواحد في وقت واحد {most}'),
  'limit-daily-bytes': again(
    'أضافت مفاتيح الجهة {agency} إلى السجل اليوم {has} بايت، والحد اليومي {most} (يحدده المشغّل في limits.dailyBytes، وسحب المواد لا يشمله الحد)',
  ),

  'call-failed': 'حدث خطأ داخلي، ولم يغيّر هذا الطلب شيئًا',
  'newsroom-silent':
    'لم يصل رد من غرفة الأخبار، ولا يُعرف هل قُبل هذا الطلب: أعد إرساله بقيمة Idempotency-Key نفسها',
  'internal-error': 'حدث خطأ هنا، حاول مرة أخرى بعد قليل',

  'bulletin-unavailable': 'تتعذر قراءة النشرة الآن، حاول مرة أخرى بعد قليل',
  'page-unknown': 'لا شيء في هذا المسار',
  'read-only': 'هذا المسار للقراءة فقط',
  'address-unreadable': 'تتعذر قراءة العنوان',
};
