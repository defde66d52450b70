import { complain, enhance } from "./page";

/** The button asks the browser for a passkey and sends its form with the answer. Without the script, or where the browser knows none, it stays away. */
type Ask = { challenge: string; options: any };

const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer: ArrayBuffer | null) =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list: any[] | undefined) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

async function create({ options }: Ask) {
  const publicKey = {
    ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: known(options.excludeCredentials),
  };
  return (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
}

async function get({ options }: Ask) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) };
  return (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
}

function written(credential: PublicKeyCredential) {
  const response: any = credential.response;
  return JSON.stringify({
    id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: response instanceof AuthenticatorAttestationResponse
      ? { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] }
      : {
        clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData),
        signature: text(response.signature), userHandle: text(response.userHandle),
      },
  });
}

async function ask(form: HTMLFormElement, handler: string): Promise<Ask | null> {
  const address = new URL(handler, location.href);
  address.searchParams.set("handler", `${address.searchParams.get("handler")}Ask`);
  const answer = await fetch(address, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  return answer.ok && answer.headers.get("Content-Type")?.includes("json") ? answer.json() : null;
}

const words: Record<string, string> = {
  NotAllowedError: "没有用上通行密钥：取消了，或者等得太久。可以再试一次，也可以用别的方式。",
  InvalidStateError: "这台设备上已经有一个通行密钥，不用再添加。",
  SecurityError: "从这个地址打开时不能用通行密钥。请用系统管理员给的域名和 https 打开。",
};

enhance<HTMLElement>("[data-passkey]", (part) => {
  if (!window.PublicKeyCredential) return;
  part.hidden = false;
  const button = part.querySelector("button")!;
  const form = button.form!;
  form.querySelector<HTMLElement>("[data-no-passkey]")?.remove();
  let ready = false;
  button.addEventListener("click", async (event) => {
    if (ready) {
      ready = false;
      return;
    }
    event.preventDefault();
    if (part.dataset.passkey === "create" && !form.reportValidity()) return;
    try {
      const asked = await ask(form, button.getAttribute("formaction")!);
      // Something else is asked first: the page says what.
      if (!asked) return location.reload();
      const credential = part.dataset.passkey === "create" ? await create(asked) : await get(asked);
      part.querySelector<HTMLInputElement>("[name=challenge]")!.value = asked.challenge;
      part.querySelector<HTMLInputElement>("[name=credential]")!.value = written(credential);
      ready = true;
      button.click();
    } catch (problem) {
      complain(words[(problem as Error).name] ?? "这台设备没有完成通行密钥的操作，没有办理。请再试一次，或者用别的方式。");
    }
  });
});
