import { announce, enhance } from "./page";

type Corner = { x: number; y: number };

const space = "http://www.w3.org/2000/svg";
const part = <K extends keyof SVGElementTagNameMap>(name: K) => document.createElementNS(space, name);

/** Draws a zone on the plan: corners are added, dragged and removed; the text field below says the same and is what is sent. */
enhance<HTMLElement>("[data-zone-draw]", (draw) => {
  const field = document.getElementById(draw.dataset.zoneDraw ?? "") as HTMLTextAreaElement | null;
  const svg = draw.querySelector("svg");
  if (!field || !svg) return;
  const { width, height } = svg.viewBox.baseVal;
  const group = part("g");
  group.setAttribute("class", "drawn");
  svg.append(group);
  draw.querySelector<HTMLElement>("[data-zone-help]")!.hidden = false;
  let corners: Corner[] = [];
  let held: number | null = null;
  let moved = false;

  const read = () => {
    corners = [...field.value.matchAll(/(\d+)[,，、\s]+(\d+)/g)].map((pair) => ({ x: Number(pair[1]), y: Number(pair[2]) }));
    show();
  };
  const write = () => {
    field.value = corners.map((corner) => `${corner.x},${corner.y}`).join("\n");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  };
  const show = () => {
    const shape = part("polygon");
    shape.setAttribute("points", corners.map((corner) => `${corner.x},${corner.y}`).join(" "));
    const dots = corners.map((corner, index) => {
      const dot = part("circle");
      dot.setAttribute("cx", String(corner.x));
      dot.setAttribute("cy", String(corner.y));
      dot.setAttribute("r", "13");
      dot.dataset.corner = String(index);
      return dot;
    });
    group.replaceChildren(shape, ...dots);
  };
  const at = (event: PointerEvent | MouseEvent): Corner => {
    const box = svg.getBoundingClientRect();
    const fit = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
    return { x: fit(((event.clientX - box.left) / box.width) * width, width), y: fit(((event.clientY - box.top) / box.height) * height, height) };
  };
  /** Where a new corner breaks the line: into the edge that it is nearest to. */
  const place = (corner: Corner) => {
    if (corners.length < 3) return corners.length;
    const detour = corners.map((from, index) => {
      const to = corners[(index + 1) % corners.length]!;
      return Math.hypot(corner.x - from.x, corner.y - from.y) + Math.hypot(corner.x - to.x, corner.y - to.y) - Math.hypot(to.x - from.x, to.y - from.y);
    });
    return detour.indexOf(Math.min(...detour)) + 1;
  };

  svg.addEventListener("pointerdown", (event) => {
    const corner = (event.target as SVGElement).dataset?.corner;
    if (corner === undefined) return;
    held = Number(corner);
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (held === null) return;
    corners[held] = at(event);
    show();
  });
  const letGo = () => {
    if (held === null) return;
    write();
    announce(`第 ${held + 1} 个顶点移到 ${corners[held]!.x},${corners[held]!.y}`);
    held = null;
  };
  svg.addEventListener("pointerup", letGo);
  svg.addEventListener("pointercancel", letGo);
  svg.addEventListener("click", (event) => {
    // A drag ends on the plan itself, for the plan holds the pointer: only a press on free ground adds a corner.
    if ((event.target as SVGElement).dataset?.corner !== undefined || moved) return;
    const corner = at(event);
    corners.splice(place(corner), 0, corner);
    write();
  });
  svg.addEventListener("pointerdown", (event) => { moved = (event.target as SVGElement).dataset?.corner !== undefined; }, true);
  svg.addEventListener("dblclick", (event) => {
    const nearest = corners.findIndex((corner) => Math.hypot(corner.x - at(event).x, corner.y - at(event).y) < 20);
    if (nearest < 0) return;
    corners.splice(nearest, 1);
    write();
  });
  field.addEventListener("input", read);
  read();
});
