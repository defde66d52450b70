// Takes a picture of every page at 390 and 1440 px: node take.mjs ADDRESS DATA_FOLDER OUTPUT_FOLDER [PAGE…]
import { chromium } from "playwright-core";
import { readFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const [address, data, output, ...only] = process.argv.slice(2);
/** DARK=1 shows a page as people see it who prefer the dark; such pictures carry another name. */
const dark = process.env.DARK ? "-dark" : "";
const accounts = Object.fromEntries(JSON.parse(readFileSync(join(data, "demo-accounts.json"))).map((a) => [a.role, a]));
mkdirSync(output, { recursive: true });

/** Name of the picture, who looks, where; a function finds the address on another page. */
const pages = [
  ["sign-in", null, "/sign-in"],
  ["my-work", "secretary", "/"],
  ["my-work-officer", "safety-officer", "/"],
  ["todo", "rectifier", "/todo"],
  ["report", "worker", "/findings/report"],
  ["offline", "worker", "/offline"],
  ["findings", "safety-officer", "/findings"],
  ["finding", "safety-officer", first("/findings?status=Rectified")],
  ["finding-reported", "safety-officer", first("/findings?status=Reported")],
  ["finding-closed", "safety-officer", first("/findings?status=Closed")],
  ["finding-rectify", "rectifier", first("/todo")],
  ["finding-print", "safety-officer", async (page) => (await first("/findings?status=Closed")(page)) + "/print"],
  ["finding-units", "safety-officer", "/findings/units"],
  ["notices", "safety-officer", "/notices?all=true"],
  ["notice-choices", "worker", "/notices/choices"],
  ["robots", "secretary", "/robots"],
  ["robot-new", "secretary", "/robots/new"],
  ["audit", "audit-administrator", "/audit/journal"],
  ["board", "worker", "/findings/board"],
  ["rechecks", "safety-officer", "/findings/rechecks"],
  ["finding-rules", "safety-officer", "/findings/rules"],
  ["categories", "safety-officer", "/findings/categories"],
  ["rules", "safety-officer", "/rules"],
  ["week", "secretary", "/week"],
  ["duties", "safety-officer", "/duties"],
  ["duty", "safety-officer", first("/duties", "/duties/", /day=/)],
  ["duty-rules", "safety-officer", "/duties/rules"],
  ["meetings", "secretary", "/meetings"],
  ["meeting-types", "secretary", "/meetings/new"],
  ["meeting-new", "secretary", "/meetings/new?type=CommitteeMeeting"],
  ["meeting-announced", "secretary", first("/meetings?status=Announced", "/meetings/")],
  ["meeting-archived", "secretary", named("/meetings", "tbody a", "三季度党员大会")],
  ["meeting-minuted", "secretary", first("/meetings?status=Minuted", "/meetings/")],
  ["meeting-late", "secretary", named("/meetings", "tbody a", "十月支委会")],
  ["meeting-people", "secretary", async (page) => (await first("/meetings?status=Announced", "/meetings/")(page)) + "/people"],
  ["meeting-code", "secretary", async (page) => (await first("/meetings?status=Announced", "/meetings/")(page)) + "/code"],
  ["meeting-minutes", "secretary", async (page) => (await named("/meetings", "tbody a", "三季度党员大会")(page)) + "/minutes"],
  ["meeting-share", "secretary", "/meetings/share"],
  ["meeting-share-items", "secretary", "/meetings/share/items?safety=true"],
  ["meeting-rules", "secretary", "/meetings/rules"],
  ["watch", "crew-lead", "/watch"],
  ["watch-secretary", "secretary", "/watch"],
  ["watch-week", "crew-lead", named("/watch", "aside .item:has-text('没关闭') a, aside .item:has-text('可以办结') a", /./)],
  ["zones", "safety-officer", "/zones"],
  ["zone", "crew-lead", named("/zones", "tbody a", "循环水与冷却塔")],
  ["zone-gap", "safety-officer", named("/zones", "#gaps a", "检修车间")],
  ["zone-edit", "safety-officer", async (page) => (await named("/zones", "tbody a", "输煤栈桥")(page)) + "/edit"],
  ["zone-sign", "worker", async (page) => (await named("/zones", "tbody a", "循环水与冷却塔")(page)) + "/sign"],
  ["zone-plan", "safety-officer", "/zones/plan"],
  ["checklists", "safety-officer", "/checklists"],
  ["checklist", "safety-officer", "/checklists/CK05"],
  ["inspections", "safety-officer", "/inspections"],
  ["inspection-new", "safety-officer", "/inspections/new"],
  ["inspection-round", "safety-officer", named("/inspections?kind=ZoneRound&status=Closed", "tbody a", "输煤栈桥")],
  ["inspection-fill", "crew-lead", walked],
  ["inspection-spot", "secretary", named("/inspections?kind=SpotCheck&status=Planned", "tbody a", "四不两直")],
  ["inspection-special", "safety-officer", named("/inspections?kind=Special", "tbody a", "供暖投运前")],
  ["inspection-patrol", "union", named("/inspections?kind=WorkerPatrol", "tbody a", "隐患督办")],
  ["inspection-campaign", "committee-secretary", named("/inspections?kind=Campaign", "tbody a", "输煤防火")],
  ["risks", "safety-officer", "/risks"],
  ["risk", "safety-officer", first("/risks", "/risks/")],
  ["risk-new", "safety-officer", "/risks/new"],
  ["risk-rules", "safety-officer", "/risks/rules"],
  ["risk-sessions", "safety-officer", "/risk-sessions"],
  ["risk-session", "safety-officer", first("/risk-sessions", "/risk-sessions/")],
  ["model-posts", "safety-officer", "/model-posts"],
  ["model-post", "safety-officer", named("/model-posts", "tbody a", /./)],
  ["model-post-effect", "safety-officer", "/model-posts/effect"],
  ["model-post-new", "secretary", "/model-posts/new"],
  ["model-post-criteria", "safety-officer", "/model-posts/criteria"],
  ["model-post-zones", "safety-officer", "/model-posts/zones"],
  ["violations", "safety-officer", "/violations"],
  ["violation", "rectifier", first("/violations", "/violations/")],
  ["violation-new", "safety-officer", "/violations/new"],
  ["violation-kinds", "safety-officer", "/violations/kinds"],
  ["tasks", "safety-officer", "/tasks"],
  ["task", "secretary", first("/tasks?waiting=true", "/tasks/")],
  ["task-new", "secretary", "/tasks/new"],
  ["public-notices", "worker", "/public-notices"],
  ["public-notice", "union", named("/public-notices", "main a", "责任区长接任")],
  ["public-notice-edit", "safety-officer", "/public-notices/edit"],
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
  ["week", "secretary", "/week"],
  ["duty-rules", "safety-officer", "/duties/rules"],
  ["calendar", "secretary", "/calendar?all=true"],
  ["calendar-week", "secretary", "/calendar?view=week&all=true"],
  ["calendar-overlap", "safety-officer", "/calendar/overlap"],
  ["calendar-feed", "worker", "/calendar/feed"],
  ["plan-new", "department-head", "/calendar/plans/new"],
  ["api-guide", "safety-officer", "/api-guide"],
  ["kit", null, "/kit"],
  ["not-found", "secretary", "/nowhere"],
];

function first(list, prefix = "/findings/", like = /[0-9a-f]{8}-[0-9a-f]{4}/) {
  return async (page) => {
    await page.goto(address + list);
    const links = await page.locator(`main a[href^="${prefix}"]`).evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    const found = links.find((href) => like.test(href));
    return found?.split("#")[0] ?? list;
  };
}

/** Where the link with these words leads. */
function named(list, links, words) {
  return async (page) => {
    await page.goto(address + list);
    return (await page.locator(links, { hasText: words }).first().getAttribute("href")).split("#")[0];
  };
}

/** A walk that has begun, with a fault. */
async function walked(page) {
  const zone = await named("/zones", "tbody a", "循环水与冷却塔")(page);
  await page.goto(`${address}/inspections/round?zone=${zone.split("/").pop()}`);
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(/inspections\/[0-9a-f]{8}-/);
  await page.evaluate(() => {
    for (const yes of [...document.querySelectorAll("input[type=radio][value=Yes]")].slice(0, 4)) yes.click();
    document.querySelector("input[type=radio][value=No]").click();
  });
  await page.locator("button:has-text('保存检查表')").click();
  await page.waitForTimeout(500);
  return new URL(page.url()).pathname;
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
      await page.screenshot({ path: join(output, `${name}-${width}${dark}.jpg`), type: "jpeg", quality: 70 });
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
    viewport: { width, height: width < 500 ? 844 : 900 }, locale: "zh-CN", timezoneId: "Asia/Shanghai", isMobile: width < 500, hasTouch: width < 500, colorScheme: dark ? "dark" : "light",
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
