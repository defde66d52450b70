/** A bar at the top once an answer takes longer than 400 ms; shorter waits show nothing. */
const bar = () => document.getElementById("progress");
let waiting = 0;
let timer = 0;

function start() {
  waiting++;
  if (waiting > 1) return;
  timer = window.setTimeout(() => bar()?.removeAttribute("hidden"), 400);
}

function stop() {
  waiting = Math.max(0, waiting - 1);
  if (waiting > 0) return;
  clearTimeout(timer);
  bar()?.setAttribute("hidden", "");
}

document.addEventListener("htmx:beforeSend", start);
document.addEventListener("htmx:afterRequest", stop);
addEventListener("beforeunload", start);
addEventListener("pageshow", stop);
