// What is read from templates/ before anything is printed.
import { describe, expect, test } from 'vitest';
import { readTemplates } from '../src/templates.js';

const { files, chart } = await readTemplates(false);

describe('tokens', () => {
  test('are put in where Chromium knows no custom properties', () => {
    const paper = files.get('handbook/paper.css') ?? '';
    expect(paper.slice(0, paper.indexOf('.cover'))).toContain('color: #0f4a52');
    expect(paper).toContain('solid var(--accent)');
    expect(JSON.stringify(chart)).not.toContain('var(');
    expect(chart.theme.variables.lineColor).toBe('#2f4156');
  });
  test('are black and white for a laser printer, also in charts', async () => {
    const mono = await readTemplates(true);
    const colours = [...JSON.stringify([...mono.files.values(), mono.chart]).matchAll(/#[0-9a-f]{6}\b/gi)].map(
      ([each]) => each.toLowerCase(),
    );
    expect(new Set(colours)).toEqual(new Set(['#000000', '#ffffff']));
  });
});
