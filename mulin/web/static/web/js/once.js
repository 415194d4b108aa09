// A second click on the same button sends nothing; a retry after an error, a timeout or "back" is never blocked.
(function () {
  "use strict";
  const WAIT = 8000; // a send that takes longer may be tried again
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < WAIT) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = Date.now();
    if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
    setTimeout(release, WAIT, form);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });
  function release(form) {
    delete form.dataset.sent;
    document.querySelectorAll('button[aria-disabled="true"]').forEach(function (button) {
      if (button.form === form) button.removeAttribute("aria-disabled");
    });
  }
  // After a refused form the summary is read first; its links lead to the field.
  const errors = document.querySelector("[data-errors]");
  if (errors) errors.focus();
})();
