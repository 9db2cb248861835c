// SARIF 2.1.0, which code hosts and editors show beside the lines: rules, results, fixes, and what is passed over with its reason.
import type { Diagnostic, Fix } from '../../core/diagnostic.js';
import type { Lang, Span } from '../../core/source.js';
import {
  addressOf,
  type Format,
  identified,
  isMended,
  type Report,
  rangeOf,
  sentenceOf,
  UNCHECKED,
} from '../report.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const regionOf = (span: Span) => {
  const { line, column, endLine, endColumn } = rangeOf(span);
  return { startLine: line, startColumn: column, endLine, endColumn };
};

const artifactOf = (path: string, report: Report) => ({
  uri: report.fromTop(path).split('/').map(encodeURIComponent).join('/'),
  uriBaseId: 'SRCROOT',
});

const fixOf = ({ span, text }: Fix, safe: boolean, report: Report, lang: Lang) => ({
  description: {
    text:
      lang === 'zh'
        ? safe
          ? '不影響文義，--fix 會照這樣改'
          : '可能的改法，請確認'
        : safe
          ? 'Changes no meaning; --fix does so'
          : 'A proposal; see whether it is right',
  },
  artifactChanges: [
    {
      artifactLocation: artifactOf(span.source.path, report),
      replacements: [{ deletedRegion: regionOf(span), insertedContent: { text } }],
    },
  ],
});

function resultsOf<T extends Diagnostic>(findings: readonly T[], report: Report, index: readonly string[], lang: Lang) {
  return identified(findings, report.root).map((each) => ({
    ruleId: each.rule,
    ruleIndex: index.indexOf(each.rule),
    level: each.severity === 'error' ? ('error' as const) : ('warning' as const),
    message: { text: sentenceOf(each, lang) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifactOf(each.span.source.path, report), region: regionOf(each.span) },
        logicalLocations: [
          { fullyQualifiedName: [each.identity.record, each.identity.field].filter(Boolean).join('.') },
        ],
      },
    ],
    partialFingerprints: { 'servicebook/v1': each.fingerprint },
    ...(each.fix ? { fixes: [fixOf(each.fix, isMended(each, report.rules), report, lang)] } : {}),
  }));
}

/** By whom a finding is passed over, in words of SARIF. */
const KIND = { comment: 'inSource', setting: 'external', option: 'external' } as const;

export default {
  summary: { zh: 'SARIF 2.1.0，給程式碼平台與編輯器', en: 'SARIF 2.1.0 for code hosts and editors' },
  print(report, lang) {
    const index = [...report.rules.keys()];
    const passed = resultsOf(report.passedOver, report, index, lang).map((result, i) => {
      const { by = 'comment', reason } = report.passedOver[i] ?? {};
      return {
        ...result,
        suppressions: [{ kind: KIND[by], status: 'accepted', ...(reason ? { justification: reason } : {}) }],
      };
    });
    const run = {
      tool: {
        driver: {
          name: 'servicebook',
          version: report.version,
          semanticVersion: report.version,
          language: lang === 'zh' ? 'zh-TW' : 'en',
          rules: [...report.rules].map(([id, { severity, why }]) => ({
            id,
            shortDescription: { text: why[lang] },
            help: { text: `${addressOf(id, lang)}\nservicebook explain ${id}` },
            defaultConfiguration: { level: severity === 'error' ? 'error' : 'warning' },
          })),
        },
      },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: {
        SRCROOT: { description: { text: lang === 'zh' ? '版本庫的最上層' : 'the top of the repository' } },
      },
      invocations: [
        {
          executionSuccessful: report.unchecked.length === 0,
          toolExecutionNotifications: report.unchecked.map((path) => ({
            level: 'warning',
            message: { text: UNCHECKED[lang] },
            locations: [{ physicalLocation: { artifactLocation: artifactOf(path, report) } }],
          })),
        },
      ],
      artifacts: report.files.map((path) => ({ location: artifactOf(path, report) })),
      results: [...resultsOf(report.findings, report, index, lang), ...passed],
    };
    return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
  },
} satisfies Format;
