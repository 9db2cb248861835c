// Sub-services have notices, cards and posters of their own: on request, and where they ask for other documents.
import { describe, expect, test } from 'vitest';
import { allOutputs, type BuildRequest, render, servicesNamed } from '../src/build/compile.js';
import { answer } from '../src/content/answer/answer.js';
import { parse } from '../src/content/parse.js';
import { subServicesOf } from '../src/content/sub-services.js';
import { proseHtml, proseTexts } from '../src/content/syntax/markdown.js';
import { html } from '../src/core/html.js';
import type { Sheet } from '../src/document/sheet.js';
import { readTemplates } from '../src/theme/templates.js';
import { contentOf } from './office.js';
import { plain } from './outputs/kit.js';

const PASSPORT = `名稱: 護照
應備證件: [身分證（驗正本）]
規費: 1,300 元
辦理時限: 5 工作日
審核權責: 分署長
申請程序: 無須申請
子項目:
  - {編號: renewal, 名稱: 換發, 應備證件: [舊護照], 規費: 900 元}
  - {名稱: 速件, 辦理時限: 1 工作日}
`;
const handbook = parse(contentOf({ 'services/passport.yaml': PASSPORT }));
const outputs = await allOutputs();
const templates = await readTemplates(false);

function sheetsOf(name: string, services?: string[]): Sheet[] {
  const output = outputs.get(name);
  if (!output) throw new Error(name);
  const job = {
    handbook,
    selected: servicesNamed(handbook, services),
    charts: new Map(),
    templates,
    draft: false,
    prose: proseHtml,
    proseTexts,
  };
  const asked: BuildRequest = {
    outputs: new Map([[name, output]]),
    languages: { lang: 'zh', second: undefined },
    mono: false,
    sheets: false,
    ...(services ? { services } : {}),
  };
  return render(output, job, asked);
}
const files = (name: string, services?: string[]): string[] => sheetsOf(name, services).map(({ file }) => file);
const said = (sheet: Sheet | undefined): string => (sheet?.kind === 'page' ? plain(sheet.html.toString()) : '');

test('a sub-service asks for what it declares itself in place of what its service does, in the answer as on its own paper', () => {
  const [service] = handbook.services;
  if (!service) throw new Error('no service');
  const asked = (variant: string) => {
    const { documents, fee } = answer(service, { variant });
    return [...documents.map(({ document }) => document.name), ...fee.totals.map(({ amount }) => amount)];
  };
  expect(asked('換發')).toEqual(['舊護照', '900']);
  expect(asked('速件')).toEqual(['身分證', '1300']);
  const own = said(sheetsOf('notices').find(({ file }) => file === 'notices/passport/renewal.pdf'));
  expect(own).toContain('舊護照');
  expect(own).not.toContain('身分證（');
  const whole = said(sheetsOf('notices').find(({ file }) => file === 'notices/passport.pdf'));
  expect(whole).toContain('換發：應備證件（代替前列）');
  for (const name of ['posters', 'cards']) expect(said(sheetsOf(name)[0]), name).toContain('以下只列與本項不同之處');
});

describe('papers of sub-services', () => {
  test('are called by the id of the sub-service, or by its place', () => {
    const [service] = handbook.services;
    expect(service && subServicesOf(service).map(({ id }) => id)).toEqual(['passport/renewal', 'passport/sub-2']);
  });
  test.each([
    ['notices', ['notices/passport.pdf', 'notices/passport/renewal.pdf']],
    ['posters', ['posters/passport.pdf', 'posters/passport/renewal.pdf']],
    ['cards', ['counter/cards.pdf', 'counter/cards/passport/renewal.pdf']],
  ])('%s stand beside that of the service where other documents are asked for', (name, expected) => {
    expect(files(name)).toEqual(expected);
    expect(files(name, ['passport'])).toEqual(expected);
  });
  test('are made alone where they are asked for by name', () => {
    expect(files('notices', ['passport/sub-2'])).toEqual(['notices/passport/sub-2.pdf']);
    expect(files('notices', ['passport/renewal', 'passport/sub-2'])).toHaveLength(2);
  });
  test('say what the sub-service declares, and what its service does where it says nothing', () => {
    const [renewal] = sheetsOf('notices', ['passport/renewal']);
    expect(said(renewal)).toContain('護照（換發）');
    expect(said(renewal)).toContain('舊護照');
    expect(said(renewal)).toContain('900 元');
    expect(said(renewal)).toContain('5 工作日');
    expect(said(renewal)).not.toMatch(/1,300|驗正本|速件/);
    const [fast] = sheetsOf('notices', ['passport/sub-2']);
    expect(said(fast)).toContain('1 工作日');
    expect(said(fast)).toContain('1,300 元');
    expect(said(fast)).not.toContain('5 工作日');
  });
  test('owe what the sub-service declares, and are held back with its service', () => {
    const [renewal] = sheetsOf('notices', ['passport/renewal']);
    expect(renewal?.kind === 'page' && renewal.owes?.map(({ text }) => text)).toContain('舊護照');
    expect(renewal?.about).toEqual({ service: 'passport' });
  });
  test('that there are none of are told', () => {
    expect(() => servicesNamed(handbook, ['passport/renewel'])).toThrow(/passport\/renewal/);
  });
});

test('a service that nobody need ask for says so', () => {
  expect(said(sheetsOf('notices', ['passport'])[0])).toContain('無須申請');
  expect(html`${said(sheetsOf('posters', ['passport'])[0])}`.toString()).toContain('無須申請');
});
