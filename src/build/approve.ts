// An approval is put on record: what was committed and has no errors, once, beside the content.
import { join, resolve } from 'node:path';
import { parse } from '../content/parse.js';
import { type Content, read } from '../content/read.js';
import { isoDate } from '../content/schema/scalars.js';
import { parseMarkdown } from '../content/syntax/markdown.js';
import type { Say } from '../core/source.js';
import { counted, type Terminal, UserError } from '../core/terminal.js';
import { writeBeside } from '../core/write-file.js';
import { APPROVALS, approvalOf, approvalsIn, differencesFrom, withApproval } from '../revision/approval.js';
import { compare } from '../revision/compare.js';
import { committed, editionsOf, sideAt } from '../revision/editions.js';
import { meaningOf } from '../revision/meaning.js';
import { unexplained } from '../revision/paper.js';
import { openProject } from './project.js';

/** `date`, `effective`: as days are written in content. */
type Asked = { content: string; by: string; number: string; date: string; effective?: string | undefined };

/** Writes the record; returns what is to be told. Throws UserError where it may not be approved as it is. */
export async function approve(asked: Asked, { cwd, env }: Pick<Terminal, 'cwd' | 'env'>): Promise<Say> {
  const { content: folder, by, number } = asked;
  const date = dayOf('--date', asked.date);
  const effective = asked.effective === undefined ? undefined : dayOf('--effective', asked.effective);
  for (const [flag, text] of [
    ['--by', by],
    ['--number', number],
  ] as const)
    if (text.trim() === '' || /^(待確認|todo|tbd|x+)$/i.test(text.trim()))
      throw new UserError({
        zh: `${flag} 寫的是「${text}」；請寫核定的${flag === '--by' ? '機關或首長，例如 分署長' : '文號，例如 行執秘字第11600000010號'}。`,
        en: `${flag} is "${text}"; give ${flag === '--by' ? 'who approved, such as 分署長' : 'the number, such as 行執秘字第11600000010號'}.`,
      });
  const place = { cwd, env };
  const commit = await committed(folder, place);
  const content = read(folder, cwd);
  const before = approvalsIn(content.approvals);
  await refuseErrors(folder, cwd);
  const edition = meaningOf(parse({ ...content, asOf: 'always' }, parseMarkdown));
  const last = before.at(-1);
  if (last && differencesFrom(last, edition).length === 0)
    throw new UserError(
      {
        zh: `這份內容已經核定：${last.edition}，${last.date}，${last.number}。`,
        en: `This content is approved already: ${last.edition}, ${last.date}, ${last.number}.`,
      },
      1,
    );
  if (last) await refuseUnexplained(last.commit, folder, content, place);
  const approval = approvalOf(edition, { by: by.trim(), number: number.trim(), date, effective, commit });
  await writeBeside(join(resolve(cwd, folder), APPROVALS), withApproval(before, approval));
  return {
    zh: `已登錄核定：${edition.edition}，${approval.by}，${date}，${approval.number}。請提交 ${folder}/${APPROVALS}。`,
    en: `Recorded: ${edition.edition}, ${approval.by}, ${date}, ${approval.number}. Commit ${folder}/${APPROVALS}.`,
  };
}

function dayOf(flag: string, written: string): string {
  const day = isoDate(written);
  if (day !== undefined) return day;
  throw new UserError({
    zh: `${flag} 寫的是「${written}」，應為日期，例如 116年3月1日 或 2027-03-01。`,
    en: `${flag} is "${written}"; expected a day such as 2027-03-01.`,
  });
}

async function refuseErrors(folder: string, cwd: string): Promise<void> {
  const { diagnostics } = await openProject({ folder, cwd }).lint();
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new UserError({
      zh: `內容有 ${errors.length} 個錯誤，不能核定。請先用「servicebook lint」找出並改正。`,
      en: `The content has ${counted(errors.length, 'error')} and cannot be approved. See "servicebook lint".`,
    });
}

/** What became heavier for the citizen has its reason and basis in the notes of the revision. */
async function refuseUnexplained(
  commit: string,
  folder: string,
  content: Content,
  place: Pick<Terminal, 'cwd' | 'env'>,
): Promise<void> {
  const then = await sideAt(commit, folder, place);
  const now = { name: { zh: folder, en: folder }, content };
  const { before, after, book } = await editionsOf(then, now);
  const open = unexplained(compare(before, after), book);
  if (open.length === 0) return;
  const where = open.map(({ subject, field }) => (field === '' ? subject : `${subject}・${field}`)).join('、');
  throw new UserError({
    zh: `這些修正加重民眾的負擔，還沒有理由與依據：${where}。請在 handbook.yaml 修訂沿革最後一筆寫「修正理由: [{服務: …, 項目: …, 理由: …, 依據: …}]」。`,
    en: `These changes are heavier for the citizen and have no reason and basis: ${where}. Give them in the last entry of 修訂沿革 in handbook.yaml: 修正理由: [{服務: …, 項目: …, 理由: …, 依據: …}].`,
  });
}
