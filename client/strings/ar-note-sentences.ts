import type { NoteSentences } from './note-sentences.ts';

/** What may be wrong with new figures, in Arabic. */
export const arNoteSentences: NoteSentences = {
  'far-above':
    'قيمة {metric} ليوم {date} هي {value}، وهي أعلى كثيرًا مما كانت عليه: من {lowest} إلى {highest} في الأيام الثلاثين السابقة، وآخرها {last} في {lastDate}',
  'far-below':
    'قيمة {metric} ليوم {date} هي {value}، وهي أدنى كثيرًا مما كانت عليه: من {lowest} إلى {highest} في الأيام الثلاثين السابقة، وآخرها {last} في {lastDate}',
  'times-too-large':
    'قيمة {metric} ليوم {date} هي {value}، كأن ما كانت عليه (من {lowest} إلى {highest}، وآخرها {last} في {lastDate}) ضُرب في {times}: هل زاد رقم أو وُضعت الفاصلة العشرية في غير موضعها؟',
  'times-too-small':
    'قيمة {metric} ليوم {date} هي {value}، كأن ما كانت عليه (من {lowest} إلى {highest}، وآخرها {last} في {lastDate}) قُسم على {times}: هل نقص رقم أو وُضعت الفاصلة العشرية في غير موضعها؟',
  sign: 'قيمة {metric} ليوم {date} هي {value}، وكانت {last} في {lastDate}: هل الإشارة خاطئة والصواب {perhaps}؟',
  'digits-doubled':
    'قيمة {metric} ليوم {date} هي {value}، وكانت {last} في {lastDate}: هل كُتب رقم مرتين والصواب {perhaps}؟',
  'digits-swapped':
    'قيمة {metric} ليوم {date} هي {value}، وكانت {last} في {lastDate}: هل تبادل رقمان موضعيهما والصواب {perhaps}؟',
  'running-total':
    'قيمة {metric} ليوم {date} هي {value}، ومجموع الأيام السابقة كلها {total}: هل كُتب المجموع مكان عدد ذلك اليوم، أي {perhaps}؟',
  'total-moved':
    'ينقل هذا قيمة {metric} من {was} إلى {now} في {date}، أي بأكثر من العُشر: هل المقدار صحيح، وهل إشارته صحيحة؟',
  'total-moved-by-slip':
    'ينقل هذا قيمة {metric} من {was} إلى {now} في {date}، أي بأكثر من العُشر: هل الصواب {perhaps}؟',
  'part-above-whole':
    '{sum} ليوم {date} أكبر من {of} بمقدار {difference}، وهذا غير ممكن: هل كل رقم في عموده؟',
  'sum-differs': 'الفرق بين {sum} و{of} ليوم {date} هو {difference}، وينبغي أن يكون 0: أي رقم هو الخاطئ؟',
  'sum-differs-by-slip':
    'الفرق بين {sum} و{of} ليوم {date} هو {difference}، وينبغي أن يكون 0: قيمة {metric} هي {value}، فهل الصواب {perhaps}؟',
  'columns-shifted': 'أرقام يوم {date} أقرب كثيرًا إلى أعمدة غير أعمدتها: {columns}',
  'while-paused':
    'قيمة {metric} ليوم {date} هي {value}، مع أن التنبيه {remark} يقول إن الإعلان متوقف ابتداءً من {from}: هل التاريخ صحيح؟ وإن استؤنف الإعلان فأنهِ التوقف بالحقل until',
  'same-as-before': 'أرقام يوم {date} هي نفسها أرقام يوم {before} في جميع الأعمدة: هل أُدخلت مرتين؟',
  'after-gap': 'لا أرقام بين {last} و{date}: هل التاريخ {date} صحيح؟',
  'weekday-not-usual': 'يوافق {date} يومًا من الأسبوع لا تُنتظر فيه أرقام: هل التاريخ صحيح؟',
};
