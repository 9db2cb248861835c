// The PDF forms that a handbook holds, read where it is asked for.
import { pdfsListed, readForm } from '../content/form-files.js';
import type { Content } from '../content/read.js';
import type { Handbook } from '../content/schema/model.js';
import type { Say } from '../core/source.js';
import type { BuildRequest } from './compile.js';
import { joined } from './plan.js';

/** The PDF forms of the handbook; one that cannot be read is the handbook's misfortune alone. */
export function formsFor(
  { formFiles, forms = [] }: Content,
  { outputs }: BuildRequest,
  handbook: Handbook,
): { read: Map<string, Uint8Array>; refused?: Say } {
  const read = new Map<string, Uint8Array>();
  const refused: Say[] = [];
  const listed = outputs.has('handbook') ? new Set(pdfsListed(handbook)) : new Set<string>();
  for (const name of formFiles.filter((each) => listed.has(each))) {
    const file = forms.find((each) => each.name === name)?.file;
    const bytes = file === undefined ? undefined : readForm(file);
    const outside = { zh: '在內容資料夾之外，不予讀取。', en: 'lies outside the content folder and is not read.' };
    const say = handbook.formFaults?.get(name) ?? (bytes instanceof Uint8Array ? undefined : (bytes?.say ?? outside));
    if (bytes instanceof Uint8Array && !say) read.set(name, bytes);
    else if (say) refused.push({ zh: `書表檔 forms/${name} ${say.zh}`, en: `The form forms/${name} ${say.en}` });
  }
  return { read, ...(refused.length > 0 ? { refused: joined(refused) } : {}) };
}
