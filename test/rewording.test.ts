// A word of the program may be said in other words, and not turned into another fact.
import { describe, expect, test } from 'vitest';
import { judgeRewording } from '../src/theme/rewording.js';
import { readTemplates } from '../src/theme/templates.js';

const before = await readTemplates(false);
const said = async (zh: string, own: string, lang = 'zh') => {
  const text = lang === 'zh' ? `'${zh}': '${own}'\n` : `'${zh}': { ${lang}: '${own}' }\n`;
  const { faults, words } = await readTemplates(false, {
    templates: [{ name: '用語.yaml', source: { path: 'content/templates/用語.yaml', text } }],
  });
  return { faults, words };
};

describe('a word that keeps its meaning', () => {
  test.each([
    ['應備證件', '應附文件'],
    ['應備證件', '須準備的證明文件'],
    ['一次告知單', '一次告知書'],
    ['{0} 份', '{0}份'],
    ['規費', '費用'],
    ['規費', '應繳金額'],
    ['辦理時限', '處理期限'],
    ['審核權責', '核定層級'],
    ['待確認', '尚待確認'],
    ['草案', '草稿'],
    ['免費', '不收費'],
    ['擇一', '任一即可'],
    ['免附', '免檢附'],
    ['{0}起', '{0} 起'],
    ['{0} 工作日', '{0} 個工作天'],
    ['{0} 元', '新臺幣 {0} 元整'],
    ['以 {0} 次為限', '最多 {0} 次'],
    ['頁 {0}／{1}', '共 {1} 頁，第 {0} 頁'],
    ['申請程序', '怎麼辦理'],
    ['法定 {0}', '依法 {0}'],
    ['不需任何證件。', '免備任何證件。'],
  ])('%s → %s', async (zh, own) => {
    expect((await said(zh, own)).faults).toEqual([]);
  });
  test('in English', async () => {
    expect((await said('規費', 'Charge', 'en')).faults).toEqual([]);
    expect((await said('{0} 日', '{0} {0:day|days}', 'en')).faults).toEqual([]);
  });
});

describe('a word that would say something else', () => {
  test.each([
    ['規費', '辦理時限'],
    ['辦理時限', '規費'],
    ['應備證件', '審核權責'],
    ['申請程序', '規費'],
    ['辦理結果', '辦理時限'],
    ['規費', '免費'],
    ['規費', '規費 200 元'],
    ['規費', '規費三百元'],
    ['規費', '—'],
    ['待確認', '200 元'],
    ['待確認', '三日'],
    ['待確認', '無'],
    ['待確認', '免費'],
    ['待確認', '已確定'],
    ['草案', '正式版'],
    ['草案', '　'],
    ['草案', '‎'],
    ['免費', '收費'],
    ['免費', '規費'],
    ['免附', '應附'],
    ['免收', '照收'],
    ['擇一', '皆須'],
    ['隨到隨辦', '三日內'],
    ['不定期限', '期限'],
    ['正本', '影本'],
    ['影本', '正本'],
    ['補正後接續計算', '補正後重新起算'],
    ['{0} 日', '{0} 月'],
    ['{0} 日', '{0} 工作日'],
    ['{0} 日', '{0}0 日'],
    ['{0} 日', '1{0} 日'],
    ['{0} 日', '{0}{0} 日'],
    ['{0} 日', '{0}十日'],
    ['{0} 元', '-{0} 元'],
    ['{0} 元', '{0} 萬元'],
    ['{0} 元', '{0} 美元'],
    ['{0} 元', '{0}.5 元'],
    ['每份', '每件'],
    ['{0}起', '{0}'],
    ['{0} 以上未滿 {1}', '{1} 以上未滿 {0}'],
    ['{0} → {1}', '{1} → {0}'],
    ['最低收 {0}', '最高收 {0}'],
    ['加計 {0}', '減 {0}'],
    ['不需任何證件。', '需任何證件。'],
    ['免費之服務', '規費待確認之服務'],
    ['規費待確認之服務', '免費之服務'],
    ['應備證件尚待確認，請向承辦人詢問。', '應備證件請向承辦人詢問。'],
    ['法定期限', '一般期限'],
    ['符合', '不符'],
    ['不符', '符合'],
  ])('%s → %s', async (zh, own) => {
    const { faults, words } = await said(zh, own);
    expect(faults[0]?.rule).toMatch(/^(template-override|deceptive-character)$/);
    expect(faults[0]?.span.source.path).toBe('content/templates/用語.yaml');
    expect(words.zh).toEqual(before.words.zh);
  });
  test.each([
    ['規費', 'Free of charge'],
    ['規費', 'Time limit'],
    ['免費', 'Fee'],
    ['待確認', 'none'],
    ['免附', 'needed'],
    ['{0} 日', '{0} {0:month|months}'],
    ['{0} 元', 'NT${0}000'],
    ['{0} 元', 'US${0}'],
  ])('in English: %s → %s', async (zh, own) => {
    expect((await said(zh, own, 'en')).faults).not.toEqual([]);
  });
});

test('every word of the program may stand for itself', () => {
  for (const lang of ['zh', 'en'] as const)
    for (const [key, word] of Object.entries(before.words[lang] ?? {}))
      expect(judgeRewording(key, lang, word, word), `${key}: ${word}`).toBeUndefined();
});
