import type { FaultCode } from '../../worker/model/fault-sentences.ts';
import type { Sentence } from '../../worker/model/messages.ts';
import { decimalForms, sameForms } from './ar-forms.ts';

/** What may be wrong in a body, in Arabic. */
export const arFaultSentences: { readonly [code in FaultCode]: Sentence } = {
  'field-required': 'هذا الحقل مطلوب',
  'field-unknown': 'هذا الحقل غير معروف',
  'object-expected': 'يجب أن تكون القيمة كائن JSON',
  'texts-expected': 'اكتب النص مع رمز لغته، مثل {form}',
  'list-expected': 'يجب أن تكون القيمة قائمة',
  'text-expected': 'يجب أن تكون القيمة نصًا',
  'boolean-expected': 'يجب أن تكون القيمة true أو false',
  'number-expected': 'يجب أن تكون القيمة عددًا',
  'form-other': 'يجب أن تكون القيمة {expected} لا {received}',
  'word-other': 'يجب أن تكون القيمة {words|or}',
  'word-unknown': 'يجب أن تكون القيمة إحدى هذه الكلمات: {words}',
  'reference-unknown': 'يجب أن تكون القيمة مما ورد في {names}',
  'id-twice': 'هذا المعرّف مستخدم مرتين',
  'list-too-long': 'يجب ألا يزيد عدد عناصر القائمة على {most}',
  'weekdays-empty': 'يجب تحديد يوم واحد على الأقل من أيام الأسبوع',
  'list-empty': 'يجب ألا تكون القائمة خالية',
  'list-repeats': 'يجب ألا يتكرر عنصر في القائمة',

  'text-empty': 'يجب ألا يكون النص خاليًا',
  'text-too-long': 'يجب ألا يزيد عدد الأحرف على {most}، وعددها هنا {has}',
  'text-control': 'في النص رمز تحكم غير مقبول {character}، موضعه {position}: احذفه',
  'text-surrogate': 'في النص نصف زوج من رموز UTF-16 بلا نصفه الآخر: احذفه',
  'text-invisible': 'في النص رمز لا يُرى {character}، موضعه {position}: احذفه',
  'text-one-line': 'يجب أن يكون النص في سطر واحد',
  'markdown-steps':
    'تنسيق النص أعقد مما يُقبل (الحد الأقصى لخطوات قراءته {most}): قلّل الاقتباسات والقوائم والروابط أو بسّطها',
  'markdown-too-long': 'يصبح النص بعد تنسيقه {has} من الأحرف، والحد الأقصى {most}: قلّل علامات التنسيق فيه',
  'markdown-together':
    'تنسيق نصوص هذه المادة مجتمعةً أعقد مما يُقبل (الحد الأقصى لخطوات قراءتها {most}): اختصر النصوص أو قلّل علامات التنسيق فيها',
  'address-form': 'يجب أن يكون عنوانًا يبدأ بـ http أو https',
  'address-user': 'يجب ألا يتضمن العنوان اسم مستخدم قبل اسم الموقع',
  'address-invisible': 'يجب ألا يتضمن العنوان رموزًا لا تُرى: اكتبها على صورة %E2%80%8C',
  'phone-form': 'يجب أن يكون رقم هاتف',

  'date-expected': 'يجب أن يكون تاريخًا على صورة YYYY-MM-DD',
  'date-form': 'يجب أن يكون تاريخًا صحيحًا على صورة YYYY-MM-DD',
  'instant-expected': 'يجب أن يكون وقتًا',
  'instant-form': 'يجب أن يكون وقتًا مع فرق توقيته، مثل 2021-08-03T14:00:00Z',
  'hour-expected': 'يجب أن تكون ساعة على صورة HH:MM',
  'hour-form': 'يجب أن تكون ساعة على صورة HH:MM، من 00:00 إلى 23:59',
  'weekday-form': 'يجب أن يكون رقم يوم من أيام الأسبوع، من 1 (الاثنين) إلى 7 (الأحد)',
  'time-past': 'يجب أن يكون الوقت في المستقبل، والوقت الآن {now}',
  'time-future': 'يجب ألا يكون الوقت في المستقبل، والوقت الآن {now}',
  'date-order': 'يجب ألا يسبق التاريخ الوارد في {field}',
  'date-too-early': 'يجب ألا يكون قبل {first}',
  'time-too-early': 'يجب ألا يكون الوقت قبل {first}',
  'date-before-years':
    'يجب ألا يكون التاريخ قبل {first}، فأول أيام الموقع {siteFirst}، وأقصى عدد للسنوات قبله {years}',
  'date-too-late': 'التاريخ بعيد في المستقبل: اليوم بتوقيت الموقع {today}، وأقصى عدد للأيام بعده {days}',
  'id-expected': 'يجب أن يكون معرّفًا',
  'agency-id-expected': 'يجب أن يكون معرّف جهة',
  'agency-id-form': 'يجب أن يكون معرّفًا من أحرف لاتينية صغيرة وأرقام وشُرَط',
  'id-form': 'يجب أن يكون معرّفًا من أحرف لاتينية صغيرة وأرقام وشُرَط سفلية، أوله حرف',
  'id-reserved': 'هذا المعرّف محجوز',
  'id-of-column': 'هذا اسم عمود في ملف CSV',
  'metric-expected': 'يجب أن يكون معرّف رقم',
  'metric-id-form': 'يجب أن يكون معرّف رقم من أرقام الموقع',
  'item-id-form': 'يجب أن يكون معرّف مادة',
  'note-id-form': 'يجب أن يكون معرّف ملاحظة',
  'agency-unknown': 'ليست من جهات هذا الموقع',

  'number-decimals-most': {
    by: 'decimals',
    '=0': 'يجب أن يكون عددًا صحيحًا',
    ...decimalForms((decimals) => `يجب ألا تزيد كسوره على ${decimals}`),
  },
  'number-with-decimals': {
    by: 'decimals',
    ...decimalForms((decimals) => `يجب أن يكون عددًا لا تزيد كسوره على ${decimals}`),
  },
  'number-whole': 'يجب أن يكون عددًا صحيحًا',
  'number-range': 'يجب أن يكون عددًا صحيحًا من {least} إلى {most}',
  'number-of-minutes': 'يجب أن يكون عددًا صحيحًا من الدقائق، من {least} إلى {most}',
  'number-between': 'يجب أن يكون العدد بين {least} و{most}',
  'number-not-negative': 'يجب ألا يكون العدد سالبًا',
  'number-not-zero': 'يجب ألا يكون العدد صفرًا',

  'cell-state-value': 'الحالة هي not-reported، فيجب أن تكون القيمة null',
  'cell-provisional-value': 'هذا الرقم أولي، فيجب أن تكون قيمته عددًا',
  'cell-too-large':
    'يزيد ما يرافق القيمة، بكل اللغات معًا، على {most} بايت: اختصر الملاحظة أو اكتبها بلغات أقل',
  'confirm-reason': 'لا بد من ذكر السبب عند تأكيد الملاحظات، ففيه ما يدل على صحة الأرقام',

  'replaces-itself': 'يجب أن يكون قرارًا آخر',
  'replaces-unknown': 'لا يوجد قرار معرّفه {id}',
  'replaces-foreign': 'القرار {id} صادر عن جهة أخرى هي {agency}',
  'replaces-foreign-more':
    'القرار {id} صادر عن جهة أخرى هي {agency}: ما دام هذا القرار يحل محله يبقى عنوانه كما هو ولا يُقدَّم أول أيامه، فاحذف replaces أو اطلب ذلك من المشغّل',
  'replaces-circle': 'القرار {id} نفسه يحل محل {other}',
  'contact-two-addresses': 'ورد كل من website وurl، والمطلوب أحدهما',
  'breaking-too-long':
    'يجب ألا يتجاوز {days} أيام من الآن، أي {last} على الأكثر: مدّده في حينه أو اطلب ذلك من المشغّل',
  'remark-without-total': 'ليس لهذا الرقم مجموع يُعدَّل',
  'remark-which-total': 'يجب تحديد مجموع واحد من {ids}',
  'remark-foreign': 'تعلن هذا الرقم {owners} لا {agency}',
  'remark-after-today': 'هذا التاريخ بعد اليوم بتوقيت الموقع، وهو {today}',
  'remark-before-first': 'هذا التاريخ قبل أول أيام الموقع، وهو {first}',
  'remark-other-kind': 'لا يرد هذا الحقل إلا في نوع {kinds|or}',
  'remark-needs-amount': 'هذا الحقل مطلوب في التسوية (adjustment)',
  'remark-amount-or-total': 'المطلوب عند مراجعة المجموع (restatement) أحد الحقلين amount وtotal لا كلاهما',

  'limit-breaking':
    'سيبلغ عدد الأخبار العاجلة في وقت واحد {has}، والحد {most} (يحدده المشغّل في limits.breaking): انتظر انتهاء أحدها أو اسحب واحدًا',
  'limit-contacts':
    'سيبلغ عدد جهات الاتصال {has}، والحد {most} (يحدده المشغّل في limits.contacts): اسحب واحدة',
  'limit-topics':
    'سيبلغ عدد الموضوعات {has}، والحد {most} (يحدده المشغّل في limits.topics): اختر موضوعًا من الموضوعات القائمة',
  'limit-topic-items':
    'سيبلغ عدد مواد هذا الموضوع {has}، والحد {most} (يحدده المشغّل في limits.topicItems): اسحب مادة أو اختر موضوعًا آخر',
  'limit-phases': 'سيبلغ عدد مراحل الخطة {has}، والحد {most} (يحدده المشغّل في limits.phases): اسحب مرحلة',
  'limit-remarks':
    'سيبلغ عدد التنبيهات على الأرقام {has}، والحد {most} (يحدده المشغّل في limits.remarks): اسحب بعضها',
  'limit-share':
    'سيبلغ ما للجهة {agency} ضمن limits.{limit} {has}، وحد الجهة الواحدة {most} ليبقى للجهات الأخرى متسع: اسحب واحدًا، أو انتظر انتهاء خبر عاجل، أو اطلب النشر من المشغّل',
  'limit-item-bytes':
    'سيبلغ حجم المادة بكل لغاتها {has} بايت، والحد {most} (يحدده المشغّل في limits.itemBytes): اختصر نصوصها',
  'limit-agency-items':
    'سيبلغ عدد المواد المنشورة لهذه الجهة {has}، والحد {most} (يحدده المشغّل في limits.agencyItems): اسحب بعضها',
  'limit-agency-bytes':
    'سيبلغ حجم المواد المنشورة لهذه الجهة وملاحظاتها على الأرقام {has} بايت، والحد {most} (يحدده المشغّل في limits.agencyBytes): اسحب بعض المواد أو اختصرها، أو اختصر بعض الملاحظات',

  'time-zone-expected': 'يجب أن يكون اسم منطقة زمنية في قاعدة IANA',
  'time-zone-form': 'يجب أن يكون اسم منطقة زمنية في قاعدة IANA، مثل Asia/Kuwait',
  'language-expected': 'يجب أن يكون رمز لغة',
  'language-form': 'يجب أن يكون رمز لغة بأحرف صغيرة، مثل ar',
  'language-unknown': 'يجب أن يكون رمز لغة وفق BCP 47، مثل en-gb',
  'language-api': 'هذا مسار واجهة البرمجة، فلا يصلح رمزًا للغة',
  'locale-expected': 'يجب أن تكون لغة منطقة وفق BCP 47',
  'locale-form': 'يجب أن تكون لغة منطقة وفق BCP 47، مثل ar-KW-u-nu-latn',
  'origin-expected': 'يجب أن يكون عنوان الموقع وحده',
  'origin-form': 'اكتب البروتوكول واسم الموقع والمنفذ فقط، مثل https://bulletin.example',
  'unit-form': 'يجب أن تكون الوحدة نصًا بكل لغة، أو percent',
  'unit-forms-alone': 'لا بد لصيغ الوحدة من وحدة مكتوبة نصًا',
  'flow-expected': 'يجب أن يكون رقمًا من نوع flow',
  'setting-of-flows': 'هذا الإعداد للنوع flow، أما النوع level فأدنى قيمة فيه هي min، مثل -5',
  'setting-of-levels': 'هذا الإعداد للنوع level، أما النوع flow فيقبل القيم السالبة إذا كان negative: true',
  'setting-of-reported': 'هذا الإعداد للنوعين flow وlevel، أما المجموع فيتبع رقمه اليومي',
  'setting-of-totals': 'هذا الإعداد للنوع total',
  'max-below-min': 'يجب ألا يقل عن min، وهو صفر إن لم يُذكر',
  'rule-repeats': 'تكرر في هذه القاعدة',
  'metric-in-use': 'لا يمكن حذف {metric} لأن له قيمًا مسجلة',
  'metric-kind-fixed': 'لا يمكن تغيير نوع {metric}، وهو {kind}، لأن له قيمًا مسجلة',
  'metric-has-lower': {
    by: 'least',
    '=0': 'قيمة {metric} ليوم {date} هي {value}: يجب ألا تكون القيم سالبة',
    ...sameForms('قيمة {metric} ليوم {date} هي {value}: يجب ألا تقل القيم عن {least}'),
  },
  'metric-has-higher': 'قيمة {metric} ليوم {date} هي {value}: يجب ألا تزيد القيم على {most}',
  'metric-has-finer': {
    by: 'decimals',
    '=0': 'قيمة {metric} ليوم {date} هي {value}: يجب أن تكون القيم أعدادًا صحيحة لا تقل عن {least}، أو null',
    ...decimalForms(
      (decimals) => `قيمة {metric} ليوم {date} هي {value}: يجب ألا تزيد كسور القيم على ${decimals}`,
    ),
  },
  'remark-too-narrow': 'في التنبيه {id} القيمة {value}: اسحبه أو صححه أولًا',
  'remark-second-total': 'يحدد التنبيه {id} مجموع {metric}، وليس له إلا مجموع واحد',
  'agency-in-use': 'لا يمكن حذف {agency} لأن لها مواد منشورة',
  'first-date-in-use': 'يجب ألا يكون بعد {first}، فالأرقام مسجلة منذ ذلك اليوم',
  'contact-unknown': 'لا توجد جهة اتصال معرّفها {id}',
  'contact-withdrawn': 'سُحبت جهة الاتصال {id} في {at}',
  'contact-kind': 'جهة الاتصال {id} من نوع {kind}',
  'contact-without-phone': 'ليس لجهة الاتصال {id} رقم هاتف',

  'scope-expected': 'يجب أن يكون نطاقًا',
  'scopes-too-many': 'يجب ألا يزيد عدد النطاقات على {most}: يُذكر كل منها مرة واحدة',
  'scope-form': 'يجب أن يكون النطاق واحدًا من {words}، أو figures: ومعه معرّف رقم',
  'scope-empty': 'لا بد من تحديد ما يتيحه المفتاح، واكتب read إن كان للقراءة وحدها',
  'scope-metric': '{metric} ليس من الأرقام التي تعلنها {agency}',
  'file-text': 'يجب أن يكون نص ملف CSV',
  'erasure-confirm':
    'سيمحو هذا الطلب من القيد {entry} أرقامًا عددها {cells} ومواد عددها {items}: اكتب true للتأكيد إذا زاد العدد على {most}',
  'erasure-no-reason': 'ليس للقيد {entry} سبب مذكور',
  'erasure-of-nothing': 'لم يُذكر شيء من القيد',
  'erasure-other-kind': 'القيد {entry} من نوع {kind}، وليس فيه {field}',
  'erasure-no-figure': 'ليس في القيد {entry} قيمة {metric} ليوم {date}، أو مُحيت من قبل',
  'erasure-no-item': 'ليس في القيد {entry} مادة {id} من {collection}، أو مُحيت من قبل',
};
