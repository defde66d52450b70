import { announce, complain, enhance, icon, make } from "./page";
import { shrink, type Shrunk } from "./shrink";

/** Photos of one field: taken or chosen, made smaller, shown, removable; kept in the file input that the form sends. */
class PhotoInput {
  readonly input: HTMLInputElement;
  readonly shots = make("div", { class: "shots" });
  readonly max: number;
  kept: (Shrunk & { address: string })[] = [];
  working: Promise<unknown> = Promise.resolve();
  busy = 0;

  constructor(readonly field: HTMLElement) {
    this.input = field.querySelector("input[type=file]")!;
    this.max = Number(field.dataset.photos);
    this.input.classList.add("unseen");
    this.input.tabIndex = -1;
    this.input.after(this.shots);
    this.input.addEventListener("change", (event) => {
      if (event.isTrusted || this.input.files?.length) this.take([...(this.input.files ?? [])]);
    });
    this.input.form?.addEventListener("reset", () => setTimeout(() => this.clear()));
    this.input.form?.addEventListener("submit", (event) => this.holdBack(event), true);
    this.draw();
  }

  take(files: File[]) {
    const room = this.max - this.kept.length;
    if (files.length > room) complain(`最多 ${this.max} 张照片，多出的 ${files.length - room} 张没有加入。`);
    files = files.slice(0, Math.max(0, room));
    this.busy += files.length;
    this.store();
    this.draw();
    for (const file of files)
      this.working = this.working.then(() => shrink(file)).then((shrunk) => {
        this.busy--;
        this.kept.push({ ...shrunk, address: URL.createObjectURL(shrunk.file) });
        this.store();
        this.draw();
        if (this.busy === 0) this.field.dispatchEvent(new CustomEvent("photos:kept", { bubbles: true }));
        announce(`已加入第 ${this.kept.length} 张照片`);
      });
  }

  remove(index: number) {
    for (const gone of this.kept.splice(index, 1)) URL.revokeObjectURL(gone.address);
    this.store();
    this.draw();
    announce("已去掉一张照片");
    this.shots.querySelector<HTMLElement>("button")?.focus();
  }

  clear() {
    for (const gone of this.kept.splice(0)) URL.revokeObjectURL(gone.address);
    this.store();
    this.draw();
  }

  store() {
    const files = new DataTransfer();
    for (const shot of this.kept) files.items.add(shot.file);
    this.input.files = files.files;
    // What this device could not redraw still holds what the camera wrote into it.
    this.field.toggleAttribute("data-raw", this.kept.some((shot) => !shot.clean));
  }

  /** Sending waits for photos that are still being made smaller. */
  holdBack(event: Event) {
    if (this.busy === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = (event as SubmitEvent).submitter;
    void this.working.then(() => this.input.form?.requestSubmit(submitter as HTMLElement | null));
  }

  draw() {
    const tiles: HTMLElement[] = this.kept.map((shot, index) => {
      const remove = make("button", { type: "button", "aria-label": `去掉第 ${index + 1} 张照片` }, icon("x"));
      remove.addEventListener("click", () => this.remove(index));
      return make("figure", { class: "shot" }, make("img", { src: shot.address, alt: `第 ${index + 1} 张照片` }),
        make("figcaption", {}, shot.clean ? "已去除定位信息" : "由服务器去除定位"), remove);
    });
    for (let i = 0; i < this.busy; i++) tiles.push(make("figure", { class: "shot" }, make("figcaption", {}, "正在缩小…")));
    if (this.kept.length + this.busy < this.max) tiles.push(...this.adders());
    this.shots.replaceChildren(...tiles);
  }

  adders() {
    const first = this.kept.length + this.busy === 0;
    if (!matchMedia("(pointer: coarse)").matches) return [this.adder("photo-plus", first ? "选择照片" : "再选一张", false)];
    return [this.adder("camera", first ? this.field.dataset.add! : "再拍一张", true), this.adder("photo-plus", "从相册选", false)];
  }

  adder(name: string, text: string, camera: boolean) {
    const add = make("button", { type: "button", class: "shot-add" }, icon(name), make("span", {}, text));
    add.addEventListener("click", () => {
      this.input.toggleAttribute("capture", false);
      if (camera) this.input.setAttribute("capture", "environment");
      this.input.click();
    });
    return add;
  }
}

enhance<HTMLElement>("[data-photos]", (field) => void new PhotoInput(field));
