import type { Clash, ListEdit, Photo, Reply, Waiting } from "./outbox";

/** A checklist that two people fill in: what waits on a device is laid over what has been stored meanwhile, line by line. */
type Line = { item: { id: string; text: string }; verdict: string | null; number: number | null; note: string };
type Stored = { version: number; lines: Line[] };

const VERDICTS: Record<string, string> = { yes: "是", no: "否", notApplicable: "不适用" };

const parts = ["verdict", "number", "note"] as const;
const blank = (value: unknown) => value === null || value === undefined || value === "";
const alike = (a: unknown, b: unknown) => (blank(a) && blank(b)) || a === b;

export const say = (reply: Pick<Reply, (typeof parts)[number]>) =>
  [reply.verdict ? VERDICTS[reply.verdict] ?? reply.verdict : null, reply.number, reply.note].filter((part) => !blank(part)).join(" · ") || "没有填";

/**
 * Lines that stand there already are left out; lines that others left alone go under the version of now; a line that somebody else filled in
 * differently is for a person to decide, unless he has.
 * @returns "there" when nothing is left to send, null when the server could not be asked.
 */
export async function reconcile(item: Waiting): Promise<"there" | Partial<Waiting> | null> {
  const list = item.list!;
  const answer = await fetch(`/api/v1/inspections/${list.inspection}`, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (!answer.ok) return null;
  const stored: Stored = await answer.json();
  const left: Reply[] = [];
  const clashes: Clash[] = [];
  for (const reply of list.replies) {
    const line = stored.lines.find((one) => one.item.id === reply.itemId);
    const changed = parts.filter((part) => reply[part] !== null);
    if (!line || changed.every((part) => alike(reply[part], line[part]))) continue;
    left.push(reply);
    const shown = list.shown[reply.itemId];
    if (changed.some((part) => !alike(line[part], shown?.[part]) && !alike(line[part], reply[part])))
      clashes.push({ itemId: reply.itemId, text: line.item.text, mine: say({ ...line, ...filled(reply) }), theirs: say(line) });
  }
  if (left.length === 0) return "there";
  const edit: ListEdit = { ...list, version: stored.version, replies: left };
  if (clashes.length === 0 || list.mine) return { state: "waiting", list: edit, clashes: undefined };
  return { state: "stuck", problem: "conflict", reason: "您填的时候，组里别人也填了这几项，填得不一样。", list: edit, clashes };
}

const filled = (reply: Reply) => Object.fromEntries(parts.filter((part) => reply[part] !== null).map((part) => [part, reply[part]]));

type Controls = { verdicts: HTMLInputElement[]; number: HTMLInputElement | null; note: HTMLInputElement | null };

function controlsOf(form: HTMLFormElement): Map<string, Controls> {
  const lines = new Map<string, Controls>();
  for (const held of form.querySelectorAll<HTMLInputElement>('input[name$=".ItemId"]')) {
    const named = (part: string) => [...form.querySelectorAll<HTMLInputElement>(`[name="${held.name.replace(/ItemId$/, part)}"]`)];
    lines.set(held.value, { verdicts: named("Verdict"), number: named("Number")[0] ?? null, note: named("Note")[0] ?? null });
  }
  return lines;
}

const small = (word: string) => word.charAt(0).toLowerCase() + word.slice(1);
const numeric = (text: string | undefined) => (text?.trim() ? Number(text) : null);

/** What was changed in the form, against what it had shown. */
export function editOf(form: HTMLFormElement): ListEdit {
  const edit: ListEdit = { inspection: form.dataset.waitsList!, version: Number(form.querySelector<HTMLInputElement>("[name=version]")!.value), replies: [], shown: {}, texts: {} };
  for (const [itemId, { verdicts, number, note }] of controlsOf(form)) {
    const shown: Reply = {
      itemId, verdict: small(verdicts.find((radio) => radio.defaultChecked)?.value ?? "") || null, number: numeric(number?.defaultValue), note: note?.defaultValue || null,
    };
    const now: Reply = { itemId, verdict: small(verdicts.find((radio) => radio.checked)?.value ?? "") || null, number: numeric(number?.value), note: note?.value.trim() || null };
    const reply: Reply = { itemId, verdict: null, number: null, note: null };
    for (const part of parts) if (!alike(now[part], shown[part])) Object.assign(reply, { [part]: now[part] });
    edit.shown[itemId] = shown;
    if (parts.some((part) => reply[part] !== null)) edit.replies.push(reply);
    edit.texts[itemId] = note?.closest("li")?.querySelector("p b")?.textContent ?? itemId;
  }
  return edit;
}

/** From now on this is what the form had shown: what waits is not to be sent twice. */
export function settleForm(form: HTMLFormElement) {
  for (const { verdicts, number, note } of controlsOf(form).values()) {
    for (const radio of verdicts) radio.defaultChecked = radio.checked;
    for (const input of [number, note]) if (input) input.defaultValue = input.value;
  }
}

/** Photos as the form names them, by the line that they belong to. */
export function photosOf(form: HTMLFormElement, photos: Photo[]): Map<string, Photo[]> {
  const lines = new Map<string, Photo[]>();
  for (const photo of photos) {
    const held = form.querySelector<HTMLInputElement>(`[name="${photo.field.replace(/Photos$/, "ItemId")}"]`);
    if (held) lines.set(held.value, [...(lines.get(held.value) ?? []), { ...photo, field: "photos" }]);
  }
  return lines;
}

/** A kept page shows the list as it was when it was kept; what has been filled in since waits here. */
export function layOver(form: HTMLFormElement, replies: Reply[]) {
  const lines = controlsOf(form);
  for (const reply of replies) {
    const line = lines.get(reply.itemId);
    if (!line) continue;
    if (reply.verdict) for (const radio of line.verdicts) radio.checked = small(radio.value) === reply.verdict;
    if (reply.number !== null && line.number) line.number.value = String(reply.number);
    if (reply.note !== null && line.note) line.note.value = reply.note;
  }
  settleForm(form);
}
