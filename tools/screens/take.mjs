// Takes a picture of every page at 390 and 1440 px: node take.mjs ADDRESS DATA_FOLDER OUTPUT_FOLDER [PAGE…]
import { chromium } from "playwright-core";
import { readFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const [address, data, output, ...only] = process.argv.slice(2);
const accounts = Object.fromEntries(JSON.parse(readFileSync(join(data, "demo-accounts.json"))).map((a) => [a.role, a]));
mkdirSync(output, { recursive: true });

/** Name of the picture, who looks, where; a function finds the address on another page. */
const pages = [
  ["sign-in", null, "/sign-in"],
  ["my-work", "secretary", "/"],
  ["my-work-officer", "safety-officer", "/"],
  ["todo", "rectifier", "/todo"],
  ["report", "worker", "/findings/report"],
  ["findings", "safety-officer", "/findings"],
  ["finding", "safety-officer", first("/findings?status=Rectified")],
  ["finding-reported", "safety-officer", first("/findings?status=Reported")],
  ["finding-closed", "safety-officer", first("/findings?status=Closed")],
  ["finding-rectify", "rectifier", first("/todo")],
  ["finding-print", "safety-officer", async (page) => (await first("/findings?status=Closed")(page)) + "/print"],
  ["finding-units", "safety-officer", "/findings/units"],
  ["notices", "safety-officer", "/notices?all=true"],
  ["notice-choices", "worker", "/notices/choices"],
  ["audit", "audit-administrator", "/audit/journal"],
  ["board", "worker", "/findings/board"],
  ["rechecks", "safety-officer", "/findings/rechecks"],
  ["finding-rules", "safety-officer", "/findings/rules"],
  ["categories", "safety-officer", "/findings/categories"],
  ["rules", "safety-officer", "/rules"],
  ["units", "secretary", "/units"],
  ["unit", "secretary", first("/units", "/units/")],
  ["people", "secretary", "/people"],
  ["person", "secretary", first("/people", "/people/")],
  ["places", "safety-officer", "/places"],
  ["place", "safety-officer", first("/places", "/places/")],
  ["search", "secretary", "/search?q=cz"],
  ["me", "secretary", "/me"],
  ["two-step", "secretary", "/me/two-step"],
  ["passkeys", "secretary", "/me/passkeys"],
  ["first-sign-in", null, "/sign-in/first"],
  ["accounts", "security-administrator", "/admin/accounts"],
  ["first-codes", "security-administrator", "/admin/first-codes"],
  ["sign-in-policy", "security-administrator", "/admin/sign-in-policy"],
  ["imports", "system-administrator", "/imports"],
  ["import-new", "system-administrator", "/imports/new?kind=people"],
  ["import", "safety-officer", uploaded],
  ["jobs", "system-administrator", "/system/jobs"],
  ["job", "system-administrator", ran],
  ["api-guide", "safety-officer", "/api-guide"],
  ["kit", null, "/kit"],
  ["not-found", "secretary", "/nowhere"],
];

function first(list, prefix = "/findings/") {
  return async (page) => {
    await page.goto(address + list);
    const links = await page.locator(`main a[href^="${prefix}"]`).evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    const found = links.find((href) => /[0-9a-f]{8}-[0-9a-f]{4}/.test(href));
    return found?.split("#")[0] ?? list;
  };
}

/** A job that has run, because somebody asked for it. */
async function ran(page) {
  const job = "/system/jobs/forget-replayed-calls";
  await page.goto(address + job);
  await page.locator("button:has-text('立即运行')").click();
  await page.waitForTimeout(1500);
  return job;
}

/** A ledger with words that nobody knows and a few slips: leaves a checked file behind, imports nothing. */
async function uploaded(page) {
  const ledger = [
    "编号,排查日期,排查类型,隐患地点,设备,隐患描述,隐患类别,责任部门,整改责任人,整改期限,状态",
    "YH-2019-001,2019-03-04,日常排查,锅炉房最上头,,护栏松动,作业环境,设备管理部,刘钊,2019-03-20,整改中",
    "YH-2019-002,2019-03-05,日常排查,锅炉房,,照明灯不亮,老毛病,设备处,刘钊,2019-03-20,正在弄",
    "YH-2019-003,2019.2.30,日常排查,汽机房,,盖板翘起,作业环境,设备管理部,没有人,2019-03-20,整改中",
    "YH-2019-004,2019-03-07,日常排查,汽机房,,地面油污,作业环境,设备管理部,刘钊,2019-03-20,整改中",
  ].join("\n");
  await page.goto(address + "/imports/new?kind=findings");
  await page.setInputFiles("main input[type=file]", { name: "2019年旧台账.csv", mimeType: "text/csv", buffer: Buffer.from(ledger) });
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/imports\/[0-9a-f]{8}-/);
  return new URL(page.url()).pathname;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const width of [1440, 390]) {
  const visitors = {};
  for (const [name, role, where] of pages) {
    if (only.length && !only.includes(name)) continue;
    visitors[role] ??= await open(role, width);
    const page = await visitors[role].newPage();
    try {
      const path = typeof where === "function" ? await where(page) : where;
      const answer = await page.goto(address + path);
      const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), width < 500 ? 1900 : 1500);
      await page.setViewportSize({ width, height });
      // A lazy picture below the fold is not loaded, and not in the picture either.
      await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight));
      await page.screenshot({ path: join(output, `${name}-${width}.jpg`), type: "jpeg", quality: 70 });
      console.log(`${name}-${width} ${answer.status()} ${path}`);
    } catch (problem) {
      console.log(`${name}-${width} FAILED ${problem.message.split("\n")[0]}`);
    }
    await page.close();
  }
  for (const context of Object.values(visitors)) await context.close();
}
await browser.close();

async function open(role, width) {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 }, locale: "zh-CN", timezoneId: "Asia/Shanghai", isMobile: width < 500, hasTouch: width < 500,
  });
  if (!role) return context;
  const page = await context.newPage();
  await page.goto(address + "/sign-in");
  await page.fill("input[autocomplete=username]", accounts[role].number);
  await page.fill("input[type=password]", accounts[role].password);
  await page.locator("form button[type=submit]").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.close();
  return context;
}
