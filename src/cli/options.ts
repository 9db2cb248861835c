// Options with their wording in both languages.
import { type Command, Option } from 'commander';
import type { Lang, Say } from '../core/source.js';

/** `flags` as commander reads them. `preset`: what it is when it is left out; `many`: it may be given again and again. */
export type Worded = { flags: string; say: Say; preset?: string; choices?: readonly string[]; many?: true };

export function addOptions(command: Command, options: readonly Worded[], lang: Lang): Command {
  for (const { flags, say, preset, choices, many } of options) {
    const option = new Option(flags, say[lang]);
    if (many) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
    if (preset !== undefined) option.default(preset);
    if (choices) option.choices(choices);
    command.addOption(option);
  }
  return command;
}

export const CONTENT: Worded = {
  flags: '--content <dir>',
  say: { zh: '內容資料夾', en: 'content folder' },
  preset: 'content',
};

export const LANDSCAPE: Worded = {
  flags: '--landscape',
  say: { zh: '海報橫式（未寫則直式）', en: 'posters with the long side lying' },
};

export const SHEETS: Worded = {
  flags: '--sheets',
  say: {
    zh: '放不下一張的海報接到第二張（本來就會；handbook.yaml 寫「續頁: 否」時用）',
    en: 'a poster too long for one sheet goes on to a second (it does, unless handbook.yaml says 續頁: 否)',
  },
};

export const PRINT_LANG: Worded = {
  flags: '--lang <lang>',
  say: {
    zh: '列印的語言：zh、en、vi、id、th；印兩種語言寫成 zh,en',
    en: 'language of print: zh, en, vi, id, th; two of them as in zh,en',
  },
};
