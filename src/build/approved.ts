// What of a content was approved, as a build has to know it: whether it prints 草案, and what the approval says in the book.
import { parse } from '../content/parse.js';
import type { Content } from '../content/read.js';
import type { Handbook } from '../content/schema/model.js';
import { isoDate } from '../content/schema/scalars.js';
import type { Fault } from '../core/diagnostic.js';
import { UserError } from '../core/terminal.js';
import type { Approval, Difference } from '../revision/approval.js';

/** The last approval. `differences`: in what the content is not what was approved. */
export type Approved = { readonly last: Approval; readonly differences: readonly Difference[] };

/** Reads nothing where nothing was ever approved. Of a damaged record nothing is known: lint tells it (`recordFault`). */
export async function approvedIn(content: Content): Promise<Approved | undefined> {
  if (!content.approvals) return undefined;
  const [{ approvalsRead, differencesFrom }, { meaningOf }, { parseMarkdown }] = await Promise.all([
    import('../revision/approval.js'),
    import('../revision/meaning.js'),
    import('../content/syntax/markdown.js'),
  ]);
  const read = approvalsRead(content.approvals);
  const last = 'rule' in read ? undefined : read.at(-1);
  if (!last) return undefined;
  const edition = meaningOf(parse({ ...content, asOf: 'always' }, parseMarkdown));
  return { last, differences: differencesFrom(last, edition) };
}

/** What is wrong with the record of approvals, for lint. */
export async function recordFaults({ approvals }: Content): Promise<Fault[]> {
  if (!approvals) return [];
  const read = (await import('../revision/approval.js')).approvalsRead(approvals);
  return 'rule' in read ? [read] : [];
}

/** 草案: it differs from what was approved. Where nothing was ever approved, what is 待確認 (`hasOpen`) makes it one. */
export const isUnapproved = (hasOpen: boolean, approved: Approved | undefined): boolean =>
  approved ? approved.differences.length > 0 : hasOpen;

/** In what a content differs from its approval, for lint; nothing where it does not, or never had one. */
export async function unapprovedIn(content: Content): Promise<Handbook['unapproved']> {
  const approved = await approvedIn(content);
  if (!approved || approved.differences.length === 0) return undefined;
  const { differencesText } = await import('../revision/approval.js');
  const { edition, number } = approved.last;
  return {
    approved: `${edition}（${number}）`,
    where: differencesText(approved.differences, Number.POSITIVE_INFINITY),
  };
}

/** The book as its approval has it: by whom, when, under which number, and from when. */
export function withApproval(handbook: Handbook, approved: Approved | undefined): Handbook {
  if (!approved || approved.differences.length > 0) return handbook;
  const { book } = handbook;
  const { by, date, number, effective } = approved.last;
  const written = typeof book.approval === 'object' && 'at' in book.approval ? book.approval : undefined;
  const approval = { at: book.at, cited: {}, unread: [], ...written, approver: by, date, number };
  return { ...handbook, book: { ...book, approval, ...(effective === undefined ? {} : { effective }) } };
}

/** Throws UserError where what would be printed was not approved as it is. */
export async function refuseUnapproved(
  { approvals }: Content,
  approved: Approved | undefined,
  draft: boolean,
): Promise<void> {
  const { approvalsIn, differencesText } = await import('../revision/approval.js');
  approvalsIn(approvals);
  if (!approved)
    throw new UserError({
      zh: '--final 只印已核定的內容，但這份內容還沒有核定紀錄。核定後執行「servicebook approve」；要印草案請不要加 --final。',
      en: '--final prints only what was approved, and this content has no record of an approval. Run "servicebook approve" once it is; without --final it is printed as a draft.',
    });
  if (approved.differences.length > 0) {
    const where = differencesText(approved.differences);
    const { edition, number } = approved.last;
    throw new UserError({
      zh: `與核定的${edition}（${number}）不同，--final 不印：${where.zh}。請核定修正（servicebook approve），或不加 --final 印草案。`,
      en: `It differs from ${edition}, approved as ${number}, so --final prints nothing: ${where.en}. Have the change approved (servicebook approve), or print a draft without --final.`,
    });
  }
  if (draft)
    throw new UserError({
      zh: '內容有錯誤，--final 不印。請先用「servicebook lint」找出並改正。',
      en: 'The content has errors, so --final prints nothing. See "servicebook lint".',
    });
}

/** The day that was asked for. */
export function dayAsked(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const day = isoDate(written);
  if (day === undefined)
    throw new UserError({
      zh: `--as-of 寫的是「${written}」，應為日期，例如 116年1月1日 或 2027-01-01。`,
      en: `--as-of is "${written}"; expected a day such as 2027-01-01.`,
    });
  return day;
}
