// A paper with something of everything, for who writes it and who opens it.
import type { OfficeDocument } from '../../src/office-files/document.js';

export const PAPER: OfficeDocument = {
  title: '「手冊」修正對照表',
  foot: ['第', '頁'],
  look: {
    width: 210,
    height: 297,
    margin: [25, 20, 25, 20],
    font: '標楷體',
    leading: 1.3,
    sizes: { title: 16, heading: 14, text: 12, item: 12, head: 12 },
  },
  blocks: [
    { paragraph: { style: 'title', runs: [{ text: '「手冊」修正總說明' }] } },
    { paragraph: { style: 'item', runs: [{ text: '一、配合收費標準修正。' }] } },
    { pageBreak: true },
    { paragraph: { style: 'title', runs: [{ text: '「手冊」修正對照表' }] } },
    {
      table: {
        widths: [37, 37, 26],
        head: ['修正規定', '現行規定', '說明'],
        rows: [
          [
            [
              { style: 'heading', runs: [{ text: '規費' }] },
              {
                style: 'item',
                runs: [{ text: '（一）閱覽' }, { text: '30', underlined: true }, { text: ' 元', bold: true }],
              },
            ],
            [{ style: 'item', runs: [{ text: '（一）閱覽' }, { text: '20', underlined: true }, { text: ' 元' }] }],
            [],
          ],
        ],
      },
    },
  ],
};
