// Passkeys: the browser is asked for one, its answer goes into the form, and the form is sent as any other.
// The page holds what to ask as JSON; what is hidden here without a script or without passkeys is shown here.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  document.querySelectorAll("[data-passkey]").forEach(function (part) {
    const form = part.querySelector("form");
    const field = form.querySelector("[name=credential]");
    const says = part.querySelector("[data-passkey-says]");
    part.hidden = false;
    form.addEventListener("submit", async function (event) {
      if (field.value) return;
      event.preventDefault();
      says.textContent = "";
      try {
        field.value = JSON.stringify(await answer(part));
      } catch (reason) {
        says.textContent = part.dataset.sorry;
        return;
      }
      form.submit();
    }, true); // before the guard against second clicks: nothing was sent yet
  });
  window.addEventListener("pageshow", function () {
    // A challenge serves once: what "back" brings up must not be sent again.
    document.querySelectorAll("[data-passkey] [name=credential]").forEach(function (field) { field.value = ""; });
  });

  async function answer(part) {
    const asked = JSON.parse(document.getElementById(part.dataset.options).textContent);
    asked.challenge = bytes(asked.challenge);
    const others = asked.excludeCredentials || asked.allowCredentials || [];
    others.forEach(function (other) { other.id = bytes(other.id); });
    if (part.dataset.passkey === "get") {
      return written(await navigator.credentials.get({ publicKey: asked }));
    }
    asked.user.id = bytes(asked.user.id);
    return written(await navigator.credentials.create({ publicKey: asked }));
  }

  function written(made) {
    const response = made.response, out = { clientDataJSON: text(response.clientDataJSON) };
    if (response.attestationObject) {
      out.attestationObject = text(response.attestationObject);
      out.transports = response.getTransports ? response.getTransports() : [];
    } else {
      out.authenticatorData = text(response.authenticatorData);
      out.signature = text(response.signature);
      if (response.userHandle) out.userHandle = text(response.userHandle);
    }
    return { id: made.id, rawId: text(made.rawId), type: made.type, response: out, clientExtensionResults: {} };
  }

  function bytes(written) {
    const plain = atob(written.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    const plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
})();
