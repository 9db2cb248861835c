// docs/facts.md: which kind of fact stands on which paper, as the outputs declare it.
import { FACT_KINDS, type FactKind, type Telling } from '../document/told-facts.js';
import { allOutputs } from './compile.js';

const SIGNS: Readonly<Record<Telling, string>> = { whole: '●', short: '○', handbook: '→' };

/** The page as Markdown, in both languages. */
export async function factsPage(): Promise<string> {
  const told = [...(await allOutputs())].flatMap(([name, { tells }]) => (tells ? [{ name, tells }] : []));
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const kinds = Object.entries(FACT_KINDS) as [FactKind, (typeof FACT_KINDS)[FactKind]][];
  return `# 哪一種內容印在哪一種紙上 Facts and papers

本表由程式依各編印項目的宣告產生，請勿手改。每次編印都會從印出來的文字逐項核對：應載明而沒有載明的紙張不會寫出（\`fact-missing\`）。
This page is made of what the outputs declare; do not edit it. Every build proves it from the printed text: a paper that lacks what it owes is not written (\`fact-missing\`).

- ● 全部載明 whole, word for word
- ○ 以幾個字載明，其餘見手冊 in few words, the rest is in the handbook
- → 見手冊，紙上載明該服務在手冊的編號 in the handbook; the paper names the number of the service there

${row(['內容 Fact', ...told.map(({ name }) => `\`${name}\``)])}
${row(['---', ...told.map(() => ':-:')])}
${kinds.map(([kind, { label }]) => row([`${label.zh} ${label.en}`, ...told.map(({ tells }) => SIGNS[tells[kind]])])).join('\n')}
`;
}
