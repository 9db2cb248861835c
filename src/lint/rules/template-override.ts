// A file of the office's own templates that does not fit the program's.
import type { Rule } from '../rule.js';

/** Found while reading (see look, overrides and templates). */
export default {
  severity: 'error',
  why: {
    zh: '機關自己的樣式、用語或樣板寫錯時，若不指出，印出來的就不是想要的樣子，或少了內容。樣板裡也不能有程式或網路上的東西。',
    en: 'A slip in an office’s own look, words or templates would print something else than was meant, or leave something out. Nothing in them may run or load.',
  },
  good: [
    { file: 'templates/樣式.yaml', text: '樣式: 典雅\n主色: 藏青\n內文字級: 11 點\n' },
    { file: 'templates/用語.yaml', text: '應備證件: 應附文件\n' },
    { file: 'templates/notices/words.yaml', text: 'notice: {zh: 一次告知書}\n' },
    { file: 'templates/posters/poster.css', text: '.title { color: var(--accent) }\n' },
  ],
  bad: [
    { file: 'templates/用語.yaml', text: '應備證見: 應附文件\n', at: '應備證見' },
    { file: 'templates/樣式.yaml', text: '主色: 藏清\n', at: '藏清' },
    { file: 'templates/樣式.yaml', text: '主色: #1b3a6b\n', at: '#1b3a6b' },
    { file: 'templates/樣式.yaml', text: '內文字級: 8 點\n', at: '8 點' },
    { file: 'templates/words.yaml', text: "copies-of: '份'\n", at: "'份'" },
    { file: 'templates/poster.css', text: 'h1 { color: red }\n' },
    { file: 'templates/posters/poster.css', text: 'h1 { background: url(https://example.org/a.png) }\n', at: 'url(' },
    {
      file: 'templates/handbook/cover.html',
      text: '<h1>{{titles}}</h1><p>{{logo}} {{subtitle}} {{parent}} {{office}} {{draft}} {{edition}} {{approver}} {{date}}</p>\n',
      at: '{{titles}}',
    },
    { file: 'templates/handbook/cover.html', text: '<h1>{{title}}</h1>\n' },
  ],
} satisfies Rule;
