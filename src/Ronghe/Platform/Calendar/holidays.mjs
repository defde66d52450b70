// Writes the table of Chinese public holidays and make-up working days: node holidays.mjs OUTPUT
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';

const days = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json');
const fullNames = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' };
const name = entry => { const short = entry.split(',')[1]; return fullNames[short] ?? short; };
const lines = (table, sign) => Object.entries(table).map(([date, entry]) => `${date} ${sign} ${name(entry)}`);

writeFileSync(process.argv[2], [...lines(days.holidays, 'rest'), ...lines(days.workdays, 'work')].sort().join('\n') + '\n');
