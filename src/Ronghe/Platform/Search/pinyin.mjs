// Writes the readings of all CJK characters U+4E00 to U+9FFF, without tones: node pinyin.mjs OUTPUT
//   "zhang 张章…"   characters usually read so        "+zhang 长…"   characters that can also be read so
//   "=shan 单"      as a surname                      "=yu chi 尉迟" compound surnames whose characters read otherwise alone
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';

const { pinyin } = createRequire(import.meta.url)('pinyin-pro');
const read = (text, options) => pinyin(text, { toneType: 'none', v: true, type: 'array', ...options });
const compounds = ('欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 '
  + '仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 亓官 司寇 颛孙 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 纳兰').split(' ');

const groups = new Map();
const add = (key, characters) => groups.set(key, (groups.get(key) ?? '') + characters);
for (let code = 0x4e00; code <= 0x9fff; code++) {
  const character = String.fromCodePoint(code);
  const [usual] = read(character);
  if (!/^[a-z]+$/.test(usual)) continue;
  add(usual, character);
  for (const other of new Set(read(character, { multiple: true }))) if (other !== usual && /^[a-z]+$/.test(other)) add('+' + other, character);
  const [surname] = read(character, { mode: 'surname' });
  if (surname !== usual) add('=' + surname, character);
}
for (const compound of compounds) {
  const together = read(compound, { mode: 'surname' }).join(' ');
  const alone = [...compound].map(character => read(character)[0]).join(' ');
  if (together !== alone) add('=' + together, compound);
}
writeFileSync(process.argv[2], [...groups].map(([key, characters]) => `${key}\t${characters}`).join('\n') + '\n');
