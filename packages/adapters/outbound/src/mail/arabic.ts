import type { Letter, Writer } from './letter.js';

/** Hours and minutes, counted the Arabic way: one, two, three to ten, and from eleven on. */
const counted = (count: number, [one, two, few, many]: readonly [string, string, string, string]): string => {
  if (count === 1) return one;
  if (count === 2) return two;
  return `${count} ${count % 100 >= 3 && count % 100 <= 10 ? few : many}`;
};
const lasting = (minutes: number): string =>
  minutes % 60 === 0
    ? counted(minutes / 60, ['ساعة واحدة', 'ساعتين', 'ساعات', 'ساعة'])
    : counted(minutes, ['دقيقة واحدة', 'دقيقتين', 'دقائق', 'دقيقة']);
const once = (minutes: number): string => `يعمل هذا الرابط مرة واحدة، خلال ${lasting(minutes)}.`;

export const arabic: Writer = (content, links): Letter => {
  switch (content.kind) {
    case 'confirmRegistration':
      return {
        subject: ['أكّد عنوان بريدك الإلكتروني'],
        paragraphs: [
          ['يريد شخص ما فتح حساب في Rappit بهذا العنوان. إن كنت أنت من طلب ذلك فأكّد العنوان، ثم أدخل كلمة المرور التي اخترتها.'],
          [once(content.minutes), ' وإن لم تكن أنت فلا تفعل شيئًا: لن يُفتح أي حساب.'],
        ],
        action: { label: 'تأكيد العنوان', url: links.confirmRegistration(content.token) },
      };
    case 'alreadyRegistered':
      return {
        subject: ['لديك حساب بالفعل'],
        paragraphs: [
          ['مرحبًا ', { name: content.name }, '،'],
          [
            'أراد شخص ما فتح حساب في Rappit بهذا العنوان، ولهذا العنوان حساب بالفعل. إن كنت أنت فسجّل الدخول فحسب، ويمكنك هناك أيضًا تعيين كلمة مرور جديدة.',
          ],
          ['وإن لم تكن أنت فلا تفعل شيئًا: لم يتغير شيء.'],
        ],
        action: { label: 'تسجيل الدخول', url: links.signIn() },
      };
    case 'resetPassword':
      return {
        subject: ['تعيين كلمة مرور جديدة'],
        paragraphs: [
          ['مرحبًا ', { name: content.name }, '،'],
          ['طلب شخص ما تعيين كلمة مرور جديدة لحسابك في Rappit. إن كنت أنت فعيّن كلمة مرور جديدة، وسيُسجَّل خروجك من جميع الأجهزة.'],
          [once(content.minutes), ' وإن لم تكن أنت فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.'],
        ],
        action: { label: 'تعيين كلمة مرور جديدة', url: links.resetPassword(content.token) },
      };
    case 'passwordChanged':
      return {
        subject: ['تغيّرت كلمة مرورك'],
        paragraphs: [
          ['مرحبًا ', { name: content.name }, '،'],
          ['تغيّرت كلمة مرور حسابك في Rappit، وأُنهيت جلساتك الأخرى.'],
          ['إن لم تكن أنت فعيّن كلمة مرور جديدة على الفور، وأخبر أحد مديري مؤسستك.'],
        ],
        action: { label: 'تسجيل الدخول', url: links.signIn() },
      };
    case 'invitation':
      return {
        subject: ['دعوة إلى ', { name: content.organizationName }],
        paragraphs: [
          ['مرحبًا،'],
          [
            'يدعوك ',
            { name: content.inviterName },
            ' إلى العمل في ',
            { name: content.organizationName },
            ' على Rappit. لن يحدث شيء ما لم تقبل الدعوة.',
          ],
          [once(content.minutes), ' وإن كنت لا تعرف من أرسلها فلا تفعل شيئًا.'],
        ],
        action: { label: 'عرض الدعوة', url: links.acceptInvitation(content.token) },
      };
    case 'webhookDisabled':
      return {
        subject: ['أُوقفت نقطة استقبال الأحداث'],
        paragraphs: [
          ['مرحبًا ', { name: content.name }, '،'],
          [
            'لم تعد أحداث مؤسستك تُرسل إلى ',
            { name: content.url },
            content.why === 'gone' ? ': فقد أجابت بأنها لم تعد موجودة (410).' : ': فلم يصل إليها شيء مما أُرسل خلال 24 ساعة.',
          ],
          ['عندما تعمل من جديد فعّلها، ثم أعد إرسال ما فاتها: يذكر سجل الإرسال كل حدث.'],
        ],
        action: { label: 'تسجيل الدخول', url: links.signIn() },
      };
    case 'subscriptionEnding':
      return {
        subject: [ending[content.of].subject(withinDays(content.days))],
        paragraphs: [
          ['مرحبًا ', { name: content.name }, '،'],
          [ending[content.of].before, { name: content.organizationName }, ending[content.of].behind(withinDays(content.days))],
          [
            content.days === 0
              ? 'يبقى كل شيء متاحًا للقراءة والتصدير، وتُستلم الطلبات التي تبيعها متاجرك، ولا يمكن تغيير شيء آخر حتى يتم الدفع.'
              : 'بعد ذلك يبقى كل شيء متاحًا للقراءة، ولا يمكن تغيير شيء حتى يتم الدفع.',
          ],
        ],
        action: { label: ending[content.of].label, url: links.billing() },
      };
  }
};

/** Null when the day has come. */
const withinDays = (days: number): string | null =>
  days === 0 ? null : `خلال ${counted(days, ['يوم واحد', 'يومين', 'أيام', 'يومًا'])}`;

const ending = {
  trial: {
    subject: (when: string | null) => (when ? `تنتهي فترتك التجريبية ${when}` : 'انتهت فترتك التجريبية'),
    before: 'الفترة التجريبية لمؤسسة ',
    behind: (when: string | null) =>
      when ? ` على Rappit تنتهي ${when}. اختر خطة لتستمر كما كنت.` : ' على Rappit انتهت. اختر خطة لتستمر.',
    label: 'اختيار خطة',
  },
  grace: {
    subject: (when: string | null) => (when ? `تعذّر الدفع: ينتهي الوصول الكامل ${when}` : 'لم يتم الدفع: انتهى الوصول الكامل'),
    before: 'تعذّر دفع مستحق لمؤسسة ',
    behind: (when: string | null) =>
      when ? ` على Rappit. ما لم يُدفع ينتهي الوصول الكامل ${when}.` : ' على Rappit ولم يُدفع بعد، وقد انتهى الوصول الكامل.',
    label: 'عرض المستحق',
  },
} as const;
