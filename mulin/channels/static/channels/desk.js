// Enter goes to the next field, Ctrl and Enter sends; without this script Enter in a line sends at once.
(function () {
  "use strict";
  const form = document.getElementById("desk");
  const fields = Array.from(form.querySelectorAll("textarea, input:not([type=hidden]):not([type=checkbox])"));
  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const at = fields.indexOf(event.target);
    if (at < 0 || event.shiftKey) return;
    event.preventDefault();
    (fields[at + 1] || form.querySelector("button")).focus();
  });
})();
